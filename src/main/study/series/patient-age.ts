/** Age at the study in years. */
import { dayNumber } from './dicom-time.ts';

const yearsPer: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** Nobody older is treated; 1900-01-01 is what systems write where they do not know. */
const OLDEST_YEARS = 110;

/** Placeholders such as `000Y` and `999Y` are no ages. */
const isPlausible = (years: number): boolean => years > 0 && years <= OLDEST_YEARS;

/** PatientAge counts completed years and may have been written on another day than the study's. */
const TOLERATED_YEARS = 1;

/** Whole years between birth and study date. */
const sinceBirth = (birthDate: string, studyDate: string): number | undefined => {
  const born = dayNumber(birthDate);
  const studied = dayNumber(studyDate);
  if (born === undefined || studied === undefined || studied < born) return undefined;
  const digits = (date: string) => date.trim().replace(/[.-]/g, '');
  const years = Number(digits(studyDate).slice(0, 4)) - Number(digits(birthDate).slice(0, 4));
  const whole = digits(studyDate).slice(4, 8) < digits(birthDate).slice(4, 8) ? years - 1 : years;
  return whole >= 0 && whole <= OLDEST_YEARS ? whole : undefined;
};

/** PatientAge (VR AS, PS3.5 6.2: three digits and D, W, M or Y) where it can be an age. */
const statedAge = (patientAge: string): number | undefined => {
  const match = /^(\d{1,3})([DWMY])$/.exec(patientAge.trim().toUpperCase());
  const stated = Number(match?.[1]) * (yearsPer[match?.[2] ?? ''] ?? 1);
  return isPlausible(stated) ? stated : undefined;
};

const contradict = (stated: number, computed: number): boolean =>
  Math.abs(Math.floor(stated) - computed) > TOLERATED_YEARS;

/** Whether PatientAge and the birth date are of two people: somebody has to look which is right. */
export const isAgeDisputed = (patientAge: string, birthDate: string, studyDate: string): boolean => {
  const stated = statedAge(patientAge);
  const computed = sinceBirth(birthDate, studyDate);
  return stated !== undefined && computed !== undefined && contradict(stated, computed);
};

/**
 * PatientAge where it does not contradict the birth date; else whole years between birth and study date, by which the
 * patient is identified.
 */
export const ageAtStudy = (patientAge: string, birthDate: string, studyDate: string): number | undefined => {
  const stated = statedAge(patientAge);
  const computed = sinceBirth(birthDate, studyDate);
  if (stated === undefined || computed === undefined) return stated ?? computed;
  return contradict(stated, computed) ? computed : stated;
};
