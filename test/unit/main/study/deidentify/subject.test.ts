import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../../src/main/study/deidentify/subject.ts';
import { deidentifiedMr } from './deidentified-mr.ts';

const file = (attributes: Record<string, string>) => ({
  elements: Object.entries(attributes).map(([keyword, value]) => ({
    tag: 0,
    vr: 'LO',
    keyword,
    value: Buffer.from(value),
  })),
});

describe('subjectOf', () => {
  it('is the patient ID, in every study', () => {
    const one = subjectOf(file({ PatientID: '4711 ', StudyInstanceUID: '1.2.3' }));
    expect(one).toBe('4711');
    expect(subjectOf(file({ PatientID: '4711', StudyInstanceUID: '1.2.4' }))).toBe(one);
  });

  it('tells patients apart whom two issuers gave the same ID', () => {
    const [a, b, none] = ['HOSPITAL A', 'HOSPITAL B', ''].map((IssuerOfPatientID) =>
      subjectOf(file({ PatientID: '4711', IssuerOfPatientID, StudyInstanceUID: '1.2.3' })),
    );
    expect(new Set([a, b, none]).size).toBe(3);
  });

  it.each([
    ...['ANON', 'anonymous', 'Anonymized', 'UNKNOWN', 'none', 'NULL', 'NA', 'n/a', 'N.A.', 'Test', 'NO ID'],
    ...['0', '1', '000000', '0-0-0', 'XXX', 'xxxXX', '9999', '-', '???', ' ', ''],
  ])('is the study where the patient ID is %j, which anybody may have', (PatientID) => {
    expect(subjectOf(file({ PatientID, IssuerOfPatientID: 'A', StudyInstanceUID: '1.2.3' }))).toBe('1.2.3');
  });

  it.each(['ANON1', 'ANON-002', '10', 'A1', 'TEST17'])('is the patient ID where it is %j', (PatientID) => {
    expect(subjectOf(file({ PatientID, StudyInstanceUID: '1.2.3' }))).toBe(PatientID);
  });

  it('gives patients of the ID ANON pseudonyms of their own', async () => {
    const [one, other] = await Promise.all(
      ['1.2.3.1', '1.2.3.9'].map((study) =>
        deidentifiedMr([
          ['0010,0020', 'LO', 'ANON'],
          ['0020,000D', 'UI', study],
        ]),
      ),
    );
    expect(one?.pseudonym).not.toBe(other?.pseudonym);
  });
});
