/** What the evidence map adds up to in the regions that a reader drew. */
import { type Mark, markPlace } from '#shared/study/mark.ts';
import { movedMark, movedStack, type SeriesShift, shiftOf } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { thicknessMm } from '../../viewer/pane/series-facts.ts';
import { linkDecision } from '../../viewer/space/linking.ts';
import { type EvidenceMap, evidenceIn, isOnSlice, type RegionEvidence } from '../../viewer/space/map-evidence.ts';
import { nearestSlice } from '../../viewer/space/slices.ts';

/**
 * By the id of a mark; without those on a slice that the map does not lie over.
 * @param frame frame of reference of the map
 * @param shifts of series that were moved by hand: their regions lie elsewhere on the map
 */
export const evidenceOfRegions = (
  map: EvidenceMap,
  marks: readonly Mark[],
  series: readonly ScannedSeries[],
  frame: string | undefined,
  shifts: readonly SeriesShift[] = [],
): ReadonlyMap<string, RegionEvidence> => {
  const found = new Map<string, RegionEvidence>();
  for (const mark of marks) {
    const own = series.find(({ id }) => id === mark.seriesId);
    const mm = shiftOf(shifts, mark.seriesId);
    const g = own?.geometry && movedStack(own.geometry, mm);
    if (mark.tool !== 'ellipse' || !own || !g || !linkDecision(g, frame).linked) continue;
    const moved = movedMark(mark, mm);
    const slice = nearestSlice(g, markPlace(moved)).index;
    if (!isOnSlice(map, { g, slice, thicknessMm: thicknessMm(own) })) continue;
    const evidence = evidenceIn(map, moved.points);
    if (evidence) found.set(mark.id, evidence);
  }
  return found;
};
