/**
 * Whose images those of one study are. One StudyInstanceUID with two patients is an accident of an archive, and the
 * pixels of two people are never put together; one patient whose ID two systems wrote differently stays one.
 */
import { compareNames, plainId } from '#shared/study/identity.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import { dayNumber } from './dicom-time.ts';

/** Whether two days agree; undefined where one of them is missing. */
export const compareBirthDates = (a: PatientIdentity, b: PatientIdentity): boolean | undefined => {
  const [ofA, ofB] = [dayNumber(a.birthDate ?? ''), dayNumber(b.birthDate ?? '')];
  return ofA === undefined || ofB === undefined ? undefined : ofA === ofB;
};

/** Different names or birth dates are two patients. IDs that are not written alike need one of the two to agree. */
export const isSamePatient = (a: PatientIdentity, b: PatientIdentity): boolean => {
  const [idA, idB] = [plainId(a.patientId), plainId(b.patientId)];
  if (idA !== '' && idB !== '' && idA !== idB) return false;
  const witnesses = [compareNames(a, b), compareBirthDates(a, b)];
  if (witnesses.includes(false)) return false;
  return a.patientId.trim() === b.patientId.trim() || witnesses.includes(true);
};

interface Person {
  index: number;
  known: PatientIdentity[];
}

const identityKey = ({ patientId, patientName, birthDate }: PatientIdentity): string =>
  JSON.stringify([patientId, patientName, birthDate]);

/**
 * Which patient each identity belongs to, as numbers from 0. An identity that could be several patients, because it says
 * little, is nobody's but its own.
 */
export const patientsAmong = (identities: readonly PatientIdentity[]): ((identity: PatientIdentity) => number) => {
  const distinct = new Map(identities.map((identity) => [identityKey(identity), identity]));
  // Those that say most come first, so that the others are measured against them.
  const ordered = [...distinct].sort(([keyA, a], [keyB, b]) => {
    const bareFirst = Number(a.patientId.trim() === '') - Number(b.patientId.trim() === '');
    return bareFirst || (keyA < keyB ? -1 : 1);
  });
  const people: Person[] = [];
  const byKey = new Map<string, number>();
  for (const [key, identity] of ordered) {
    const fitting = people.filter(({ known }) => known.every((other) => isSamePatient(identity, other)));
    const [only] = fitting;
    const person = only && fitting.length === 1 ? only : { index: people.length, known: [] };
    if (person !== only) people.push(person);
    person.known.push(identity);
    byKey.set(key, person.index);
  }
  return (identity) => byKey.get(identityKey(identity)) ?? -1;
};

/** In how many ways the ID of one patient is written. */
export const idSpellings = (identities: readonly PatientIdentity[]): number =>
  new Set(identities.map(({ patientId }) => patientId.trim())).size;

/** How much an identity says: an ID with its leading zeros before one without, a name before none. */
const fullness = ({ patientId, patientName, birthDate }: PatientIdentity): number =>
  2 * patientId.trim().length + (patientName ? 1 : 0) + (birthDate ? 1 : 0);

/** Of the identities of one patient, the one that says most; the first of several. */
export const fullestIdentity = (identities: readonly PatientIdentity[]): PatientIdentity | undefined =>
  identities.reduce<PatientIdentity | undefined>(
    (best, identity) => (best === undefined || fullness(identity) > fullness(best) ? identity : best),
    undefined,
  );
