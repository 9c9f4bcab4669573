/** Whether lines of a table, and what is kept already, are of one patient where they have one identifier. Pure. */
import { comparePersons, type PersonComparison } from '../course/same-person.ts';
import type { PatientIdentity } from '../study/study.ts';

/** A patient without a name goes by the identifier, which is none to compare. */
const named = (patient: PatientIdentity): PatientIdentity =>
  patient.patientName === patient.patientId ? { ...patient, patientName: '' } : patient;

export const compareLines = (one: PatientIdentity, other: PatientIdentity): PersonComparison =>
  comparePersons(named(one), named(other));

/** What is kept under the identifier of a line that does not say the same of who that is. */
export interface Doubt {
  readonly kept: PatientIdentity;
  readonly comparison: PersonComparison;
}

/** The gravest of several; undefined where nothing that is kept disagrees. */
export const doubtOf = (patient: PatientIdentity, kept: readonly PatientIdentity[]): Doubt | undefined => {
  const doubts = kept
    .map((one): Doubt => ({ kept: one, comparison: compareLines(patient, one) }))
    .filter(({ comparison }) => comparison.verdict !== 'same');
  return doubts.find(({ comparison }) => comparison.verdict === 'other') ?? doubts[0];
};
