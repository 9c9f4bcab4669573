import { describe, expect, it } from 'vitest';
import { subjectOf, subjectsAmong } from '../../../../../src/main/study/deidentify/subject.ts';
import { image } from '../series/make-images.ts';
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

describe('subjectsAmong', () => {
  const of = (number: number, patientId: string, issuerOfPatientId?: string, studyInstanceUID = '1.2.3') => ({
    ...image(number, 0),
    studyInstanceUID,
    patient: { patientName: 'Alpha Anna', patientId, birthDate: '19500101' },
    ...(issuerOfPatientId === undefined ? {} : { issuerOfPatientId }),
  });

  it('is one patient where only some files of a study say the issuer, or write the ID alike', () => {
    const images = [of(1, '00017', 'HOSPITAL A'), of(2, '00017'), of(3, '17'), of(4, '')];
    expect(new Set(images.map(subjectsAmong(images)))).toEqual(new Set(['00017\0HOSPITAL A']));
  });

  it('is two where two issuers stand in a study, and nobody else’s issuer in another study', () => {
    const images = [of(1, '17', 'A'), of(2, '17', 'B'), of(3, '17', undefined, '1.2.9')];
    expect(images.map(subjectsAmong(images))).toEqual(['17\0A', '17\0B', '17']);
  });

  it('is what the file itself says where it stands alone', () => {
    const alone = of(1, '17', 'A');
    expect(subjectsAmong([alone])(alone)).toBe(
      subjectOf(file({ PatientID: '17', IssuerOfPatientID: 'A', StudyInstanceUID: '1.2.3' })),
    );
  });
});
