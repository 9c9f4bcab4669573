import { expect, test } from 'vitest';
import { matchPatient } from '../../../../../src/main/cases/patient/match-patient.ts';

const patient = { patientName: 'Muster^Erika', patientId: 'P-0001', birthDate: '19500102' };

test.each([
  ['certain', 'the same ID, and nothing that speaks against it', {}],
  ['certain', 'the same ID in another spelling, where the name agrees', { patientId: ' p-0001' }],
  ['certain', 'the same ID of an issuer that the other does not name', { issuer: 'A' }],
  ['id', 'the same ID under another name', { patientName: 'Other^Person' }],
  ['id', 'the same ID with another birth date', { birthDate: '19510102' }],
  ['name', 'another ID, with the same name and birth date', { patientId: 'X-7' }],
  ['name', 'no ID, with the same name and birth date', { patientId: '' }],
  [undefined, 'another ID and birth date', { patientId: 'X-7', birthDate: '19510102' }],
  [undefined, 'another ID and no birth date', { patientId: 'X-7', birthDate: '' }],
] as const)('%s: %s', (match, _what, changes) => {
  expect(matchPatient(patient, { ...patient, ...changes })).toBe(match);
  expect(matchPatient({ ...patient, ...changes }, patient)).toBe(match);
});

test('one number that two hospitals gave is of one patient only where name and birth date agree, and asked about then', () => {
  const of = (issuer: string, changes = {}) => ({ ...patient, issuer, ...changes });
  expect(matchPatient(of('A'), of('B'))).toBe('name');
  expect(matchPatient(of('A'), of('B', { patientName: 'Other^Person' }))).toBeUndefined();
});
