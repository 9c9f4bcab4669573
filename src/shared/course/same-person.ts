/** Whether a study is of the patient whose course is kept, as far as both say who they are of. Pure. */
import { normaliseDate } from '../clinical/calendar-date.ts';
import { comparePatients, type PatientComparison } from '../clinical/paste/compare-patient.ts';
import { sexOf } from '../clinical/paste/patient-sex.ts';
import type { PatientIdentity } from '../study/study.ts';

/** `doubtful`: a person has to say. */
export const personVerdicts = ['same', 'doubtful', 'other'] as const;
export type PersonVerdict = (typeof personVerdicts)[number];

export interface PersonComparison {
  readonly verdict: PersonVerdict;
  readonly agreeing: PatientComparison['agreeing'];
  readonly differing: PatientComparison['agreeing'];
}

/** Numbers of two issuers (0010,0021) say nothing of each other: both hospitals may have a patient 1234. */
const fromOneIssuer = (a: PatientIdentity, b: PatientIdentity): boolean => {
  const [ofA, ofB] = [a.issuer?.trim().toUpperCase() ?? '', b.issuer?.trim().toUpperCase() ?? ''];
  return ofA === '' || ofB === '' || ofA === ofB;
};

/**
 * By identifier (with its issuer), name and birth date. The same where the identifier agrees, or both others do, and nothing
 * disagrees; another where as much disagrees as agrees of several, or nothing agrees. Whatever is between is asked.
 */
export const comparePersons = (study: PatientIdentity, kept: PatientIdentity): PersonComparison => {
  const id = study.patientId.trim();
  const sex = sexOf(study.sex ?? '');
  const said = {
    ids: id !== '' && fromOneIssuer(study, kept) ? [id] : [],
    name: study.patientName,
    birthDate: normaliseDate(study.birthDate ?? ''),
    ...(sex ? { sex } : {}),
  };
  const { differences, agreeing } = comparePatients([said], kept);
  const differing = differences.map(({ item }) => item);
  // Half of all people are of one sex: it can cast a doubt, and vouches for nobody.
  const vouching = agreeing.filter((item) => item !== 'sex');
  const speaking = differing.filter((item) => item !== 'sex');
  const isOther = speaking.length > vouching.length;
  const isSame = differing.length === 0 && (vouching.includes('id') || vouching.length > 1);
  return { verdict: isOther ? 'other' : isSame ? 'same' : 'doubtful', agreeing, differing };
};
