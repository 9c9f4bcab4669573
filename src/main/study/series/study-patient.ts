/** Facts about the study and its patient that are the same for every stack, and what is contradictory about them. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import type { PatientIdentity, QualityNote } from '#shared/study/study.ts';
import { number, text } from './fact-values.ts';
import { idSpellings } from './same-patient.ts';

/** The first non-empty value of a keyword among the stacks. */
export const firstText = (study: readonly SeriesFacts[], keyword: string): string | undefined => {
  for (const facts of study) {
    const value = text(facts, keyword);
    if (value !== '') return value;
  }
  return undefined;
};

/** A clinical magnet has 0.2 to 7 T; GE wrote gauss (15000) into (0018,0087) in old versions. */
export const fieldStrengthT = (facts: SeriesFacts): number | undefined => {
  const value = number(facts, 'MagneticFieldStrength');
  if (value === undefined || value <= 0) return undefined;
  const tesla = value >= 1000 ? value / 10_000 : value;
  return tesla >= 0.1 && tesla <= 12 ? Number(tesla.toFixed(3)) : undefined;
};

export const patientsMixedNote = (patients: number): QualityNote => ({
  severity: 'error',
  ...noteSentence('patients-mixed', { patients }),
});

export const patientIdNotes = (identities: readonly PatientIdentity[]): QualityNote[] => {
  const spellings = idSpellings(identities);
  return spellings > 1 ? [{ severity: 'warning', ...noteSentence('patient-id-spellings', { spellings }) }] : [];
};

export const ageDisputedNote: QualityNote = { severity: 'warning', ...noteSentence('age-disputed') };
