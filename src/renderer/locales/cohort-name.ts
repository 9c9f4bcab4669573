import { i18n } from './index.ts';

/** A cohort of a package by its own name, translated where it is one of those that this project makes. */
export const cohortName = (cohort: string): string => {
  const { t, te } = i18n.global;
  const key = `models.cohorts.${cohort}`;
  return te(key) ? t(key) : cohort;
};
