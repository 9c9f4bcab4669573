/** Age at the study in years. */
import { dayNumber } from './dicom-time.ts';

const yearsPer: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** PatientAge (VR AS, PS3.5 6.2: three digits and D, W, M or Y), else whole years between birth and study date. */
export const ageAtStudy = (patientAge: string, birthDate: string, studyDate: string): number | undefined => {
  const match = /^(\d{1,3})([DWMY])$/.exec(patientAge.trim().toUpperCase());
  if (match?.[1] && match[2]) return Number(match[1]) * (yearsPer[match[2]] ?? 1);
  const born = dayNumber(birthDate);
  const studied = dayNumber(studyDate);
  if (born === undefined || studied === undefined || studied < born) return undefined;
  const years = Number(studyDate.trim().slice(0, 4)) - Number(birthDate.trim().slice(0, 4));
  const dayOfYear = (date: string) => date.replaceAll('.', '').slice(4, 8);
  return dayOfYear(studyDate.trim()) < dayOfYear(birthDate.trim()) ? years - 1 : years;
};
