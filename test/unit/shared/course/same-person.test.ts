import { expect, test } from 'vitest';
import { comparePersons } from '#shared/course/same-person.ts';
import type { PatientIdentity } from '#shared/study/study.ts';

const kept: PatientIdentity = { patientName: 'Muster^Erika', patientId: '0042', birthDate: '19500102', sex: 'F' };
const verdict = (study: Partial<PatientIdentity>, other: Partial<PatientIdentity> = {}) =>
  comparePersons({ ...kept, ...study }, { ...kept, ...other }).verdict;

test.each<[string, Partial<PatientIdentity>, Partial<PatientIdentity>]>([
  ['everything agrees', {}, {}],
  ['the number lost its zeros', { patientId: '42' }, {}],
  ['the number alone is there', { patientName: '', birthDate: '' }, {}],
  ['name and birth date agree, and there is no number', { patientId: '' }, {}],
  ['two hospitals gave the numbers, and name and birth date agree', { patientId: '77', issuer: 'B' }, { issuer: 'A' }],
])('the same person where %s', (_what, study, other) => {
  expect(verdict(study, other)).toBe('same');
});

test.each<[string, Partial<PatientIdentity>, Partial<PatientIdentity>]>([
  ['the name is another one', { patientName: 'Anders^Max' }, {}],
  ['the birth date is another one', { birthDate: '19600102' }, {}],
  ['the number is another one', { patientId: '43' }, {}],
  ['the sex is another one', { sex: 'M' }, {}],
  ['only the name is known', { patientId: '', birthDate: '' }, {}],
  ['nothing is known', { patientId: '', birthDate: '', patientName: '', sex: '' }, {}],
  ['the number is of another hospital and only the name agrees', { issuer: 'B', birthDate: '' }, { issuer: 'A' }],
])('asked where %s', (_what, study, other) => {
  expect(verdict(study, other)).toBe('doubtful');
});

test.each<[string, Partial<PatientIdentity>]>([
  ['number, name and birth date differ', { patientId: '9', patientName: 'Anders^Max', birthDate: '19600102' }],
  ['the number alone agrees', { patientName: 'Anders^Max', birthDate: '19600102' }],
  ['the name alone agrees', { patientId: '9', birthDate: '19600102' }],
  ['nothing but the number is there, and it is another', { patientId: '9', patientName: '', birthDate: '' }],
  ['the sex alone agrees', { patientId: '9', patientName: 'Anders^Max', birthDate: '' }],
])('another person where %s', (_what, study) => {
  expect(verdict(study)).toBe('other');
});
