import { expect, it } from 'vitest';
import { ref } from 'vue';
import type { StackGeometry } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { useLinkedPanes } from '../../../../../src/renderer/viewer/grid/use-linked-panes.ts';
import { makeStack } from '../stacks.ts';

const spec = (role: ModelRole, geometry: StackGeometry | undefined) => {
  const series: ScannedSeries = {
    id: role,
    seriesInstanceUID: role,
    description: '',
    modality: 'MR',
    instances: geometry?.positions.length ?? 1,
    rows: 100,
    columns: 100,
    geometry,
    facts: {},
    suggestion: { role, confidence: 1, reasons: [] },
    notes: [],
  };
  return { role, series, confirmed: true };
};

const thin = makeStack({ slices: 24, spacing: 4 });
/** Its middle slice, the fifth, lies at 28 mm. */
const elsewhere = makeStack({ slices: 9, spacing: 7 });

const opened = (...panes: ReturnType<typeof spec>[]) => useLinkedPanes({ panes }, ref(true), ref(undefined));

it('knows before any image is there which slice of each series a study opens at', () => {
  const panes = opened(spec('arterial', thin), spec('t2', elsewhere));
  // The middle of the arterial series, its thirteenth slice, lies at 48 mm.
  expect(panes.expected(thin)).toBe(12);
  expect(panes.expected(elsewhere)).toBe(7);
});

it('opens at the first series that is placed in the frame that most share', () => {
  const panes = opened(
    spec('arterial', undefined),
    spec('portal-venous', makeStack({ slices: 24, spacing: 4, frame: '9.9' })),
    spec('delayed', elsewhere),
    spec('t2', elsewhere),
    spec('in-phase', thin),
  );
  expect(panes.expected(elsewhere)).toBe(4);
  expect(panes.expected(thin)).toBe(7);
});

it('expects nothing where no series is placed', () => {
  expect(opened(spec('arterial', undefined)).expected(undefined)).toBeUndefined();
});
