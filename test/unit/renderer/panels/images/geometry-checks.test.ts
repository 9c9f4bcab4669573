import { describe, expect, it } from 'vitest';
import { geometryChecks } from '../../../../../src/renderer/panels/images/geometry-checks.ts';
import type { ScannedSeries } from '../../../../../src/shared/study/study.ts';

const series = (
  id: string,
  z: number[],
  more: Partial<NonNullable<ScannedSeries['geometry']>> = {},
): ScannedSeries => ({
  id,
  seriesInstanceUID: id,
  description: id,
  modality: 'MR',
  instances: z.length,
  rows: 4,
  columns: 4,
  geometry: {
    frameOfReferenceUID: '1.1',
    rowDirection: [1, 0, 0],
    columnDirection: [0, 1, 0],
    columnSpacing: 1,
    rowSpacing: 1,
    positions: z.map((value) => [0, 0, value]),
    uniform: true,
    ...more,
  },
  facts: { SliceThickness: '3' },
  suggestion: { role: 'other', confidence: 0, reasons: [] },
  notes: [],
});
const keys = (...args: Parameters<typeof geometryChecks>) =>
  geometryChecks(...args).map(({ key, state }) => `${key} ${state}`);
const arterial = series('arterial', [0, 3, 6]);

describe('geometry checks', () => {
  it('say slice distance, evenness, thickness and frame of reference', () => {
    const checks = geometryChecks(series('other', [0, 2.5, 5, 7.5]), arterial);
    expect(checks).toEqual([
      { key: 'slices', params: { slices: 4, distance: 2.5 }, state: 'plain' },
      { key: 'even', params: {}, state: 'ok' },
      { key: 'thickness', params: { thickness: 3 }, state: 'plain' },
      { key: 'frameSame', params: {}, state: 'ok' },
    ]);
  });

  it('warn of uneven slices and of another or no frame of reference', () => {
    expect(keys(series('b', [0, 3, 7], { uniform: false, frameOfReferenceUID: '1.2' }), arterial)).toEqual([
      'slices plain',
      'uneven warning',
      'thickness plain',
      'frameOther warning',
    ]);
    const { frameOfReferenceUID: _, ...without } = series('c', [0, 3]).geometry ?? arterial.geometry ?? {};
    expect(keys({ ...arterial, id: 'c', geometry: without as ScannedSeries['geometry'] }, arterial)).toContain(
      'frameUnknown warning',
    );
  });

  it('compare the arterial series with nothing', () => {
    expect(keys(arterial, arterial)).toEqual(['slices plain', 'even ok', 'thickness plain']);
  });

  it('say only that a series without a place is not measured', () => {
    const { geometry: _, ...unplaced } = arterial;
    expect(keys(unplaced, arterial)).toEqual(['unplaced warning']);
  });
});
