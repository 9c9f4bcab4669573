import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { phaseWarnings } from '../../../../src/main/inference/prediction-warnings.ts';
import { sampleDateWarnings } from '../../../../src/main/inference/sample-dates.ts';

const dated = (afp: string, albumin?: string): FactorValues => ({
  afp: { value: 412, unit: 'ng/mL', date: afp },
  albumin: { value: 40, unit: 'g/L', ...(albumin ? { date: albumin } : {}) },
});

describe('the date of a laboratory value', () => {
  it.each([
    ['2026-03-14', '20260314'],
    ['2026-02-14', '20260314'],
    ['2026-04-11', '2026-03-14'],
    ['2026-03-14T08:00:00Z', '20260314'],
  ])('of %s goes with images of %s', (date, studyDate) => {
    expect(sampleDateWarnings(dated(date), studyDate)).toEqual([]);
  });

  it('warns of values taken more than four weeks before or after the images, once and by name', () => {
    expect(sampleDateWarnings(dated('2026-02-13', '2025-03-14'), '20260314')).toEqual([
      expect.objectContaining({ code: 'stale-factors', params: { factors: 'afp, albumin', days: 365, limit: 28 } }),
    ]);
    expect(sampleDateWarnings(dated('2026-04-12'), '20260314')).toMatchObject([
      { params: { factors: 'afp', days: 29 } },
    ]);
  });

  it('is not judged where it, or the date of the study, is not known', () => {
    expect(sampleDateWarnings({ afp: { value: 412, unit: 'ng/mL' } }, '20260314')).toEqual([]);
    expect(sampleDateWarnings(dated('2020-01-01'), undefined)).toEqual([]);
    expect(sampleDateWarnings(dated('2020-01-01'), '')).toEqual([]);
  });
});

describe('the series for the delayed phase', () => {
  const series = (role: 'transitional' | 'hepatobiliary' | 'delayed' | 'portal-venous') => [
    { id: 's', modality: 'MR', suggestion: { role, confidence: 0.9, reasons: [] }, notes: [] },
  ];
  const playing = (role: ModelRole) => [{ role, seriesId: 's', origin: 'user', confirmedBy: 'T' } as const];

  it.each(['transitional', 'hepatobiliary'] as const)('is a serious warning where it looks %s', (role) => {
    expect(phaseWarnings(playing('delayed'), series(role))).toEqual([
      expect.objectContaining({ code: 'not-delayed', severity: 'serious', params: { role } }),
    ]);
  });

  it('is none where it looks delayed, or where another role has it', () => {
    expect(phaseWarnings(playing('delayed'), series('delayed'))).toEqual([]);
    expect(phaseWarnings(playing('portal-venous'), series('transitional'))).toEqual([]);
  });
});
