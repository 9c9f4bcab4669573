import { expect, it } from 'vitest';
import { add, type PlaneGrid, type Vec3 } from '#shared/study/geometry.ts';
import type { Mark } from '#shared/study/mark.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { evidenceOfRegions } from '../../../../../src/renderer/panels/lesions/region-evidence.ts';
import { makeStack, tilted } from '../../viewer/stacks.ts';

const grid: PlaneGrid = {
  center: [20, 20, 9],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  rows: 4,
  columns: 4,
  spacing: 10,
};
const map = { grid, values: Array.from({ length: 16 }, () => 0.02) };

const series = (id: string, more: Parameters<typeof makeStack>[0] = {}): ScannedSeries => ({
  id,
  seriesInstanceUID: id,
  description: '',
  modality: 'MR',
  instances: 10,
  rows: 64,
  columns: 64,
  geometry: makeStack(more),
  facts: { SliceThickness: 3 },
  suggestion: { role: 'arterial', confidence: 1, reasons: [] },
  notes: [],
});
const region = (id: string, seriesId: string, middle: Vec3): Mark => ({
  id,
  label: id,
  seriesId,
  tool: 'ellipse',
  points: [add(middle, [-5, 0, 0]), add(middle, [5, 0, 0]), add(middle, [0, -5, 0]), add(middle, [0, 5, 0])],
});

it('is said of regions over the map: not of another slice, another frame of reference or a slice across it', () => {
  const all = [
    series('own'),
    series('other-frame', { frame: '9.9' }),
    series('across', tilted(60)),
    { ...series('unplaced'), geometry: undefined },
  ];
  const marks: Mark[] = [
    region('here', 'own', [20, 20, 9]),
    region('next', 'own', [20, 20, 12]),
    region('moved', 'other-frame', [20, 20, 9]),
    region('tilted', 'across', [20, 20, 9]),
    region('nowhere', 'unplaced', [20, 20, 9]),
    region('gone', 'closed', [20, 20, 9]),
    {
      id: 'line',
      label: 'line',
      seriesId: 'own',
      tool: 'length',
      points: [
        [20, 20, 9],
        [30, 20, 9],
      ],
    },
  ];
  const found = evidenceOfRegions(map, marks, all, '1.2.3');
  expect([...found.keys()]).toEqual(['here']);
  expect(found.get('here')?.sum).toBeCloseTo(0.02 * Math.PI * 0.25, 9);
  expect(found.get('here')?.whole).toBeCloseTo(0.32, 9);
});
