import { describe, expect, test } from 'vitest';
import type { Course } from '#shared/course/course.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import {
  dateColumns,
  type OpenImages,
  panesOf,
  phasesOf,
  placedMarks,
  seriesToAlign,
  usualPrior,
} from '../../../../../src/renderer/views/follow-up/date-columns.ts';
import { sampleStudy } from '../../../main/cases/sample-case.ts';

const [template] = sampleStudy().series;
const study = (...ids: string[]): ScannedStudy => ({
  ...sampleStudy(),
  series: ids.flatMap((id) => (template ? [{ ...template, id }] : [])),
});
const images = (openId: string, roles: Partial<Record<ModelRole, string>>): OpenImages => ({
  openId,
  study: study(...Object.values(roles)),
  roles: Object.entries(roles).map(([role, seriesId]) => ({ role: role as ModelRole, seriesId, origin: 'user' })),
  shifts: [],
});
const point = (id: string, state: 'none' | 'opened'): TimePoint => ({
  id,
  date: '2024-01-01',
  study: state === 'none' ? { state } : { state, studyInstanceUID: id, path: '' },
  measures: {},
  factors: {},
});
const course = {
  lesions: [],
  timePoints: [point('baseline', 'opened'), point('typed', 'none'), point('f1', 'opened'), point('f2', 'opened')],
} as unknown as Course;
const open: Record<string, OpenImages> = {
  baseline: images('a', { arterial: 's1', 'portal-venous': 's2' }),
  f2: images('b', { arterial: 's1', delayed: 's3' }),
};
const columns = dateColumns({ course, imagesOf: ({ id }) => open[id], caseLesions: [], suffix: () => '' });

describe('the dates beside each other', () => {
  test('say of each whether its images are open, are there, or never were', () => {
    expect(columns.map(({ state }) => state)).toStrictEqual(['open', 'never', 'closed', 'open']);
  });

  test('compare with the date before that has images; the baseline with the first after it', () => {
    expect(usualPrior(columns, 'f2')).toBe('f1');
    expect(usualPrior(columns, 'f1')).toBe('baseline');
    expect(usualPrior(columns, 'baseline')).toBe('f1');
  });

  test('show six panes, or one phase at all dates, the same over the same', () => {
    const [baseline] = columns;
    expect(baseline?.images && panesOf(baseline.images, 'all')).toHaveLength(6);
    expect(baseline?.images && panesOf(baseline.images, 'arterial').map(({ series }) => series?.id)).toStrictEqual([
      's1',
    ]);
    expect(phasesOf(columns)).toStrictEqual(['arterial', 'portal-venous', 'delayed']);
  });

  test('lay a lesion where the series that it was drawn on was laid by hand', () => {
    const longAxis: [Vec3, Vec3] = [
      [0, 0, 0],
      [20, 0, 0],
    ];
    const marks: Lesion[] = ['s1', 's2'].map((seriesId) => ({
      id: seriesId,
      label: '',
      kind: 'target',
      seriesId,
      longAxis,
    }));
    const shifts = [{ seriesId: 's2', against: 's1', mm: [3, 0, -5] as Vec3, by: 'A', at: 'then' }];
    const baseline = open.baseline && { ...open.baseline, shifts };
    expect(placedMarks({ marks, images: baseline }).map((mark) => mark.longAxis[0])).toStrictEqual([
      [0, 0, 0],
      [3, 0, -5],
    ]);
    expect(placedMarks({ marks, images: undefined })).toStrictEqual(marks);
  });

  test('are aligned by a phase that both have', () => {
    const [a, b] = [open.baseline, open.f2];
    expect(a && b && seriesToAlign(a, b)?.map(({ id }) => id)).toStrictEqual(['s1', 's1']);
    expect(a && seriesToAlign(a, images('c', { t2: 's9' }))).toBeUndefined();
  });
});
