/** On which image a mark of a reader stands, in words. */
import { midpoint, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { isMark, type Mark, markPlace } from '#shared/study/mark.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { nearestSlice } from '../../viewer/space/slices.ts';

export const placeOf = (marked: Lesion | Mark): Vec3 =>
  isMark(marked) ? markPlace(marked) : midpoint(...marked.longAxis);

export interface PlaceWords {
  series: string;
  /** From 1; undefined where the series is not at hand. */
  slice: number | undefined;
}

/** @param hideIdentity some sites write the patient's name into the description of a series */
export const placeWords = (
  marked: Lesion | Mark,
  series: readonly ScannedSeries[],
  hideIdentity: boolean,
): PlaceWords => {
  const own = series.find(({ id }) => id === marked.seriesId);
  const words = [own?.seriesNumber, hideIdentity ? undefined : own?.description];
  return {
    series: words.filter((word) => word !== undefined && word !== '').join(' · '),
    slice: own?.geometry && nearestSlice(own.geometry, placeOf(marked)).index + 1,
  };
};
