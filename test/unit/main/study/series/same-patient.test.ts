import { describe, expect, it } from 'vitest';
import type { PatientIdentity } from '#shared/study/study.ts';
import { assembleStudies } from '../../../../../src/main/study/assemble/assemble-studies.ts';
import { isSamePatient, patientsAmong } from '../../../../../src/main/study/series/same-patient.ts';
import { slices } from './make-images.ts';

const who = (patientId: string, patientName = 'Alpha Anna', birthDate = '19500101'): PatientIdentity => ({
  patientId,
  patientName,
  birthDate,
});

describe('isSamePatient', () => {
  it.each<[string, PatientIdentity, PatientIdentity, boolean]>([
    ['equal in all', who('1'), who('1'), true],
    ['an ID that lost its zeros', who('12345'), who('0012345'), true],
    ['an ID in small letters', who('sim1'), who('SIM1'), true],
    ['an ID that one of them lacks', who(''), who('SIM1'), true],
    ['another ID', who('1'), who('2'), false],
    ['no ID and another name', who('', 'Alpha A', '19500101'), who('', 'Beta B', '19500101'), false],
    ['no ID and another birth date', who('', 'Alpha A', '19500101'), who('', 'Alpha A', '19700202'), false],
    ['the same ID and another name', who('1', 'Alpha A'), who('1', 'Beta B'), false],
    ['the same ID and another birth date', who('1', 'A', '19500101'), who('1', 'A', '19500102'), false],
    ['names in another order, case and with accents', who('1', 'MÜLLER Anna'), who('1', 'anna^Muller'), true],
    ['a name with a title', who('1', 'Müller Anna Dr'), who('1', 'Müller Anna'), true],
    ['one part of a name alone', who('1', 'Anna'), who('1', 'Anna Müller'), false],
    ['a birth date that is none', who('1', 'A', '19500000'), who('1', 'A', '19500101'), true],
    ['zeros lost, and nothing that agrees', who('12345', '', ''), who('0012345', '', ''), false],
    ['no ID, and nothing that agrees', who('', '', ''), who('SIM1', 'Alpha A'), false],
    ['nothing at all in both', who('', '', ''), who('', '', ''), true],
  ])('%s', (_, a, b, same) => {
    expect(isSamePatient(a, b)).toBe(same);
    expect(isSamePatient(b, a)).toBe(same);
  });

  it('compares the groups of a name that both have', () => {
    const both = { ...who('1', 'Zhang Wei'), nameGroups: { alphabetic: 'Zhang Wei', ideographic: '张伟' } };
    expect(isSamePatient(both, who('1', '张伟'))).toBe(true);
    expect(isSamePatient(both, who('1', '李娜'))).toBe(false);
  });
});

it('an identity that could be two patients is neither', () => {
  const identities = [who('1', 'Alpha Anna'), who('2', 'Alpha Anna'), who('', 'Alpha Anna')];
  expect(new Set(identities.map(patientsAmong(identities))).size).toBe(3);
});

describe('a study whose files do not agree on the patient', () => {
  const withPatients = (a: PatientIdentity, b: PatientIdentity) =>
    assembleStudies(slices(4, 1).map((image, index) => ({ ...image, patient: index % 2 ? a : b }))).studies;

  it('is two studies where names or birth dates differ, whatever the ID', () => {
    const studies = withPatients(who('', 'Alpha A', '19500101'), who('', 'Beta B', '19700202'));
    expect(studies.map(({ patient }) => patient.patientName).sort()).toEqual(['Alpha A', 'Beta B']);
    for (const { notes } of studies) expect(notes[0]).toMatchObject({ code: 'patients-mixed', severity: 'error' });
  });

  it('is one study, of the fullest identity, where the ID is only written differently, and says so', () => {
    const studies = withPatients(who('12345'), who('0012345'));
    expect(studies.map(({ patient }) => patient.patientId)).toEqual(['0012345']);
    expect(studies[0]?.series[0]?.instances).toBe(4);
    expect(studies[0]?.notes[0]).toMatchObject({ code: 'patient-id-spellings', params: { spellings: 2 } });
    // The identifiers themselves never enter a note.
    expect(JSON.stringify(studies[0]?.notes)).not.toContain('12345');
  });
});
