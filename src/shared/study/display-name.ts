import type { PatientIdentity } from './study.ts';

/**
 * The name as the patient writes it: the ideographic group first, then the alphabetic one (PS3.5 6.2). `[?]` behind it:
 * its characters were guessed.
 */
export const displayName = (patient: PatientIdentity): string => {
  const { ideographic, alphabetic } = patient.nameGroups ?? {};
  const groups = [ideographic, alphabetic].filter((group): group is string => Boolean(group));
  const text = groups.length > 0 ? groups.join(' · ') : patient.patientName;
  const name = text.replaceAll('^', ' ').trim();
  return patient.guessedEncoding && name ? `${name} [?]` : name;
};
