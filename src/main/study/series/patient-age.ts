/** Age at the study in years. */
import { dayNumber } from './dicom-time.ts';

const yearsPer: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** Placeholders such as `000Y` and `999Y` are no ages. */
const isPlausible = (years: number): boolean => years > 0 && years <= 120;

/** PatientAge counts completed years and may have been written on another day than the study's. */
const TOLERATED_YEARS = 1;

/** Whole years between birth and study date. */
const sinceBirth = (birthDate: string, studyDate: string): number | undefined => {
  const born = dayNumber(birthDate);
  const studied = dayNumber(studyDate);
  if (born === undefined || studied === undefined || studied < born) return undefined;
  const years = Number(studyDate.trim().slice(0, 4)) - Number(birthDate.trim().slice(0, 4));
  const dayOfYear = (date: string) => date.replaceAll('.', '').slice(4, 8);
  const whole = dayOfYear(studyDate.trim()) < dayOfYear(birthDate.trim()) ? years - 1 : years;
  return whole >= 0 && whole <= 120 ? whole : undefined;
};

/**
 * PatientAge (VR AS, PS3.5 6.2: three digits and D, W, M or Y) where it can be an age and does not contradict the birth
 * date; else whole years between birth and study date, by which the patient is identified.
 */
export const ageAtStudy = (patientAge: string, birthDate: string, studyDate: string): number | undefined => {
  const computed = sinceBirth(birthDate, studyDate);
  const match = /^(\d{1,3})([DWMY])$/.exec(patientAge.trim().toUpperCase());
  if (!match?.[1] || !match[2]) return computed;
  const stated = Number(match[1]) * (yearsPer[match[2]] ?? 1);
  const contradicts = computed !== undefined && Math.abs(Math.floor(stated) - computed) > TOLERATED_YEARS;
  return isPlausible(stated) && !contradicts ? stated : computed;
};
