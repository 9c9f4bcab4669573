import { describe, expect, it } from 'vitest';
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { largestFirst, shownAtFirst } from '#shared/study/shown-series.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { planPanes } from '../../../../src/renderer/series/pane-plan.ts';

const plane = (columnDirection: Vec3): StackGeometry => ({
  rowDirection: [1, 0, 0],
  columnDirection,
  columnSpacing: 1,
  rowSpacing: 1,
  positions: [[0, 0, 0]],
  uniform: true,
});
const axial = plane([0, 1, 0]);
const coronal = plane([0, 0, -1]);

const series = (
  id: string,
  instances: number,
  geometry: StackGeometry | undefined,
  modality = 'MR',
): ScannedSeries => ({
  id,
  seriesInstanceUID: id,
  description: id,
  modality,
  instances,
  rows: 10,
  columns: 10,
  ...(geometry ? { geometry } : {}),
  facts: {},
  suggestion: { role: 'other', confidence: 0, reasons: [] },
  notes: [],
});
const study = [
  series('localizer', 3, undefined),
  series('coronal', 90, coronal),
  series('axial small', 20, axial),
  series('axial large', 60, axial),
];
const arterial: RoleAssignment = { role: 'arterial', seriesId: 'axial small', origin: 'user', confirmedAt: 'now' };
const shown = (panes: ReturnType<typeof planPanes>) => panes.map(({ series: one }) => one?.id);

describe('the panes', () => {
  it('of a study without roles hold its largest axial series first, and none is empty', () => {
    const panes = planPanes(study, [], {});
    expect(shown(panes)).toEqual(['axial large', 'axial small', 'coronal', 'localizer']);
    expect(panes.every(({ viewing, confirmed }) => viewing && !confirmed)).toBe(true);
  });

  it('hold the series of the roles as soon as one is given', () => {
    const panes = planPanes(study, [arterial], {});
    expect(shown(panes)).toEqual(['axial small', undefined, undefined, undefined, undefined, undefined]);
    expect(panes[0]).toMatchObject({ confirmed: true, viewing: false });
  });

  it('show what was put there, which then plays no role and counts as nobody’s confirmation', () => {
    const [first] = planPanes(study, [arterial], { arterial: 'coronal' });
    expect(first).toMatchObject({ series: { id: 'coronal' }, confirmed: false, viewing: true });
    expect(planPanes(study, [arterial], { arterial: 'axial small' })[0]).toMatchObject({ viewing: false });
    // A series that is gone takes no place.
    expect(planPanes(study, [arterial], { arterial: 'of another study' })[0]?.series?.id).toBe('axial small');
  });

  it('show what the application decodes before they ask, in its order', () => {
    const delayed: RoleAssignment = { role: 'delayed', seriesId: 'coronal', origin: 'suggested' };
    const gone: RoleAssignment = { role: 't2', seriesId: 'of another study', origin: 'suggested' };
    for (const roles of [[], [arterial], [delayed, arterial, gone]])
      expect(shownAtFirst(study, roles)).toEqual(shown(planPanes(study, roles, {})).filter((id) => id !== undefined));
    const twice: RoleAssignment = { ...delayed, seriesId: 'axial small' };
    expect(shownAtFirst(study, [arterial, twice])).toEqual(['axial small']);
  });

  it('keep the order of the study where series are alike', () => {
    const alike = [series('b', 5, axial), series('a', 5, axial)];
    expect(largestFirst(alike).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
