import type { PatientMatch } from '#shared/cases/patient-cases.ts';
import { compareNames, plainId } from '#shared/study/identity.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import { compareBirthDates, isSamePatient } from '../../study/series/same-patient.ts';

const differ = (a = '', b = ''): boolean => a.trim() !== '' && b.trim() !== '' && a.trim() !== b.trim();

/** Pure: is the one the other? Undefined where nothing says so. An ID of another issuer says nothing. */
export const matchPatient = (a: PatientIdentity, b: PatientIdentity): PatientMatch | undefined => {
  const id = plainId(a.patientId);
  const isSameId = id !== '' && id === plainId(b.patientId) && !differ(a.issuer, b.issuer);
  if (isSameId) return isSamePatient(a, b) ? 'certain' : 'id';
  return compareNames(a, b) === true && compareBirthDates(a, b) === true ? 'name' : undefined;
};
