import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import {
  assignmentReasons,
  clinicalReasons,
  coverageReasons,
  entryReasons,
  lesionReasons,
  noveltyReasons,
} from '../../../../src/main/inference/withholding.ts';

const codes = (reasons: { code: string }[]) => reasons.map(({ code }) => code);
const playing = (role: ModelRole, seriesId: string) => ({ role, seriesId, origin: 'user' as const });
const axis = (mm: number): [Vec3, Vec3] => [
  [0, 0, 0],
  [mm, 0, 0],
];
const series = (facts: Record<string, number> = {}) => [{ id: 's', modality: 'MR', facts }];

describe('a number is withheld', () => {
  it('for a series that the header calls something else than MR; one without a modality is left to a person', () => {
    const of = (modality: string) => assignmentReasons([playing('t2', 's')], [{ id: 's', modality }]);
    expect(of('PT')).toEqual([expect.objectContaining({ code: 'not-mr', params: { roles: 't2', modality: 'PT' } })]);
    expect(of('mr')).toEqual([]);
    expect(of('')).toEqual([]);
  });

  it('for one series in two roles', () => {
    const roles = [playing('delayed', 's'), playing('portal-venous', 's'), playing('t2', 'other')];
    expect(assignmentReasons(roles, series())).toEqual([
      expect.objectContaining({ code: 'series-twice', params: { roles: 'delayed, portal-venous' } }),
    ]);
  });

  it.each([
    [9.9, undefined, 10],
    [10, undefined, null],
    [10, 5, null],
    [11.9, 6, 12],
    [12, 6, null],
  ])('for a lesion of %d mm on slices of %s mm: limit %s (RECIST 1.1)', (mm, SliceThickness, limit) => {
    const reasons = lesionReasons(
      { longAxis: axis(mm), seriesId: 's' },
      [],
      series(SliceThickness === undefined ? {} : { SliceThickness }),
    );
    expect(reasons.map(({ params }) => params?.limit)).toEqual(limit === null ? [] : [limit]);
  });

  it('for a lesion that names no series by the thinnest slices of those with a role', () => {
    const of = (mm: number) =>
      lesionReasons(
        { longAxis: axis(mm), seriesId: '' },
        [playing('arterial', 'a'), playing('t2', 'b')],
        [
          { id: 'a', facts: { SliceThickness: 6 } },
          { id: 'b', facts: { SliceThickness: 8 } },
          { id: 'scout', facts: { SliceThickness: 3 } },
        ],
      );
    expect(of(11.9)).toEqual([expect.objectContaining({ params: { diameter: 11.9, limit: 12 } })]);
    expect(of(12)).toEqual([]);
  });

  it('for a required image that shows less than half of the lesion, or of what surrounds it', () => {
    const channel = (role: ModelRole, coverage: number) => ({
      role,
      seriesId: 's',
      coverage,
      median: 0,
      robustSd: 1,
      inputHash: '',
    });
    const of = (coverage: number, lesion: number) =>
      codes(
        coverageReasons(new Set<ModelRole>(['arterial']), {
          channels: [channel('arterial', coverage), channel('t2', 0.1)],
          lesionCoverage: { arterial: lesion, t2: 0 },
        }),
      );
    expect(of(0.8, 0.4)).toEqual(['lesion-outside']);
    expect(of(0.4, 1)).toEqual(['little-coverage']);
    expect(of(0.5, 0.5)).toEqual([]);
  });

  it('beyond the novelty limit, not at it', () => {
    expect(codes(noveltyReasons({ distance: 44, limit: 43.7 }))).toEqual(['unlike-training']);
    expect(noveltyReasons({ distance: 43.7, limit: 43.7 })).toEqual([]);
    expect(noveltyReasons(null)).toEqual([]);
  });

  it('for ECOG 3 and 4 and Child–Pugh C, and not for what may be either', () => {
    expect(codes(clinicalReasons({ ecog: { value: '3' } }))).toContain('ecog');
    expect(clinicalReasons({ ecog: { value: '2' } })).toEqual([]);
    // 3 + 3 + 2 + 3 + 1 points = 12, class C (Pugh 1973).
    const liver = {
      bilirubin: { value: 180, unit: 'µmol/L' },
      albumin: { value: 22, unit: 'g/L' },
      inr: { value: 2, unit: '1' },
      ascites: { value: 'severe' },
      encephalopathy: { value: 'none' },
    };
    expect(clinicalReasons(liver)).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'child-pugh-c', params: { points: 12 } })]),
    );
    expect(clinicalReasons({ albumin: { value: 22, unit: 'g/L' } })).toEqual([]);
    expect(clinicalReasons({})).toEqual([]);
  });

  it('for entries that were refused, named once each', () => {
    const twice = [
      { factor: 'afp', code: 'unit-missing' },
      { factor: 'afp', code: 'out-of-limits' },
      { factor: 'inr', code: 'not-a-number' },
    ];
    expect(entryReasons(twice)).toEqual([
      expect.objectContaining({ code: 'refused-entries', params: { factors: 'afp, inr' } }),
    ]);
    expect(entryReasons([])).toEqual([]);
  });
});
