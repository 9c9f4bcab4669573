/** Whether a picture that was taken earlier still shows where a lesion lies. */
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { commonFrame, linkDecision } from '../viewer/space/linking.ts';
import { nearestSlice } from '../viewer/space/slices.ts';

export type PlacedSeries = Pick<ScannedSeries, 'id' | 'geometry'>;

/** Of a series that cannot be compared with the others the picture is taken at its word. Pure; `at`: mm LPS. */
export const showsPlace = (
  { seriesId, sliceIndex }: Pick<KeyImage, 'seriesId' | 'sliceIndex'>,
  at: Vec3,
  series: readonly PlacedSeries[],
): boolean => {
  const geometry = series.find(({ id }) => id === seriesId)?.geometry;
  const frame = commonFrame(series.map((one) => one.geometry));
  if (!geometry || !linkDecision(geometry, frame).linked) return true;
  return nearestSlice(geometry, at).index === sliceIndex;
};
