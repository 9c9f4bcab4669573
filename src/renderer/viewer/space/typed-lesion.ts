/** A lesion whose diameters are typed: it stands around a point of a slice, along its rows and columns. Pure. */
import { add, type StackGeometry, scale, type Vec3 } from '#shared/study/geometry.ts';
import type { DrawnLesion } from './annotations.ts';
import { onlyIndexOf, ontoSlice } from './slices.ts';

export interface TypedPlace {
  g: StackGeometry;
  slice: number;
  seriesId: string;
  sopInstanceUIDs: readonly string[];
  /** Patient position around which it stands, mm LPS. */
  focus: Vec3;
}

const through = (center: Vec3, direction: Vec3, mm: number): [Vec3, Vec3] => [
  add(center, scale(direction, -mm / 2)),
  add(center, scale(direction, mm / 2)),
];

/** Nobody said which way it lies: the long axis goes along the rows, the short one across. */
export const lesionAround = (
  { g, slice, seriesId, sopInstanceUIDs, focus }: TypedPlace,
  { longMm, shortMm }: { longMm: number; shortMm: number | undefined },
): DrawnLesion => {
  const center = ontoSlice(g, slice, focus);
  const sopInstanceUID = sopInstanceUIDs[slice];
  const isNamedOnce = sopInstanceUID !== undefined && onlyIndexOf(sopInstanceUIDs, sopInstanceUID) === slice;
  return {
    seriesId,
    ...(isNamedOnce ? { sopInstanceUID } : {}),
    longAxis: through(center, g.rowDirection, longMm),
    ...(shortMm === undefined ? {} : { shortAxis: through(center, g.columnDirection, shortMm) }),
  };
};
