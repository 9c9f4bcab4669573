/** What may be held against a stack: only positions of its own frame of reference mean the same place in it. Pure. */
import type { Lesion } from '#shared/study/lesion.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { lesionsOfFrame } from '../../viewer/paint/pane-painter.ts';
import { commonFrame, linkDecision } from '../../viewer/space/linking.ts';

type Placed = Pick<ScannedSeries, 'id' | 'geometry'>;

/** Series that lie in the frame of reference of one of them. A series that names none is taken to belong to the common one. */
export const seriesOfFrame = <T extends Placed>(series: readonly T[], of: Placed | undefined): T[] => {
  const frame = of?.geometry?.frameOfReferenceUID ?? commonFrame(series.map(({ geometry }) => geometry));
  return series.filter(({ geometry }) => linkDecision(geometry, frame).linked);
};

/** Lesions that were drawn in the frame of reference of a series, on whichever series of the study. */
export const lesionsInFrameOf = (
  lesions: readonly Lesion[],
  series: readonly Placed[],
  { geometry }: Placed,
): readonly Lesion[] =>
  geometry
    ? lesionsOfFrame(lesions, geometry, (id) => series.find((one) => one.id === id)?.geometry?.frameOfReferenceUID)
    : [];
