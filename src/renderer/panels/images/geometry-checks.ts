/** What a reader checks about the geometry of a stack before taking it, as messages; pure. */
import type { ScannedSeries } from '#shared/study/study.ts';

export interface GeometryCheck {
  /** Below `study.geometry`. */
  key: string;
  params: Record<string, string | number>;
  state: 'ok' | 'warning' | 'plain';
}

const rounded = (mm: number): number => Number(mm.toFixed(2));

/** Median distance between neighbouring slices, mm. */
const sliceDistance = (positions: readonly (readonly number[])[]): number | undefined => {
  const distances = positions
    .slice(1)
    .map((position, index) => Math.hypot(...position.map((value, axis) => value - (positions[index]?.[axis] ?? value))))
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)];
};

const thicknessOf = ({ facts }: ScannedSeries): number => Number(facts.SliceThickness);

const frameCheck = (series: ScannedSeries, reference: ScannedSeries | undefined): GeometryCheck[] => {
  const own = series.geometry?.frameOfReferenceUID;
  if (own === undefined) return [{ key: 'frameUnknown', params: {}, state: 'warning' }];
  const other = reference?.geometry?.frameOfReferenceUID;
  if (!reference || reference.id === series.id || other === undefined) return [];
  return [
    own === other ? { key: 'frameSame', params: {}, state: 'ok' } : { key: 'frameOther', params: {}, state: 'warning' },
  ];
};

/** `reference` is the series in the arterial role, in whose frame of reference the others should lie. */
export const geometryChecks = (series: ScannedSeries, reference: ScannedSeries | undefined): GeometryCheck[] => {
  const { geometry } = series;
  if (!geometry) return [{ key: 'unplaced', params: {}, state: 'warning' }];
  const distance = sliceDistance(geometry.positions);
  const thickness = thicknessOf(series);
  const slices: GeometryCheck[] =
    distance === undefined
      ? [{ key: 'single', params: {}, state: 'plain' }]
      : [
          { key: 'slices', params: { slices: geometry.positions.length, distance: rounded(distance) }, state: 'plain' },
          { key: geometry.uniform ? 'even' : 'uneven', params: {}, state: geometry.uniform ? 'ok' : 'warning' },
        ];
  return [
    ...slices,
    thickness > 0
      ? { key: 'thickness', params: { thickness: rounded(thickness) }, state: 'plain' }
      : { key: 'thicknessUnknown', params: {}, state: 'plain' },
    ...frameCheck(series, reference),
  ];
};
