import { describe, expect, test } from 'vitest';
import type { SavedCase } from '#shared/cases/case.ts';
import { studyOfCase } from '../../../../src/main/procedures/relink.ts';
import { sampleCase, sampleStudy } from '../cases/sample-case.ts';

const kept = { ...sampleCase(), id: 'case' } as unknown as SavedCase;
const holding = (...studies: ReturnType<typeof sampleStudy>[]) => ({ studies, files: 4 });

describe('the study of a case is found in a folder', () => {
  test('by its StudyInstanceUID among others of the same patient, however the ID is written', () => {
    const other = { ...sampleStudy(), studyInstanceUID: '2.25.9' };
    const same = sampleStudy('MUSTER^ERIKA', ' P-0001');
    expect(studyOfCase(holding(other, same), kept)).toBe(same);
  });

  test('with a lesion that names no series, as the one of the demonstration', () => {
    const placed = { ...kept, lesions: kept.lesions.map((lesion) => ({ ...lesion, seriesId: '' })) };
    const there = sampleStudy();
    expect(placed.lesions.length).toBeGreaterThan(0);
    expect(studyOfCase(holding(there), placed)).toBe(there);
  });

  test.each([
    ['no study', holding(), 'nothing-found'],
    ['another patient with this very study', holding(sampleStudy('Anders^Max', 'P-0002')), 'other-patient'],
    ['another patient of the same ID', holding(sampleStudy('Anders^Max', 'P-0001')), 'other-patient'],
    ['another study of this patient', holding({ ...sampleStudy(), studyInstanceUID: '2.25.9' }), 'other-study'],
    ['the study without a series of the case', holding({ ...sampleStudy(), series: [] }), 'other-series'],
  ])('and not where there is %s', (_what, opened, code) => {
    expect(() => studyOfCase(opened, kept)).toThrow(expect.objectContaining({ code }));
  });

  test('and the refusal names nobody', () => {
    try {
      studyOfCase(holding(sampleStudy('Anders^Max', 'P-0002')), kept);
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toMatch(/Anders|Muster|P-000/);
    }
    expect.assertions(1);
  });
});
