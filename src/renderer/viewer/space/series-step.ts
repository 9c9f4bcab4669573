/** How far one key moves a series that is laid on another. Pure; millimetres in patient space. */
import { type StackGeometry, scale, stackNormal, type Vec3 } from '#shared/study/geometry.ts';
import { sliceOffsets } from './slices.ts';

/** A pixel of the series, or of its slices; or a millimetre whatever they are. */
export const moveSteps = ['pixel', 'mm'] as const;
export type MoveStep = (typeof moveSteps)[number];

/** Distance of slice `k` to the one after it, mm; of the last one to the one before. A lone slice has none. */
const gapAt = (g: StackGeometry, k: number): number => {
  const offsets = sliceOffsets(g);
  const [here, next, before] = [offsets[k], offsets[k + 1], offsets[k - 1]];
  if (here === undefined) return 0;
  if (next !== undefined) return next - here;
  return before === undefined ? 0 : here - before;
};

/**
 * The arrow keys move the image the way they point. `PageDown` shows the next slice where one was, as in scrolling: the series
 * goes the other way. Undefined for another key, and where a lone slice has no distance to move by.
 */
export const seriesStep = (g: StackGeometry, k: number, key: string, step: MoveStep): Vec3 | undefined => {
  const isPixel = step === 'pixel';
  const [column, row, slice] = isPixel ? [g.columnSpacing, g.rowSpacing, gapAt(g, k)] : [1, 1, 1];
  const by: Readonly<Record<string, Vec3>> = {
    ArrowLeft: scale(g.rowDirection, -column),
    ArrowRight: scale(g.rowDirection, column),
    ArrowUp: scale(g.columnDirection, -row),
    ArrowDown: scale(g.columnDirection, row),
    PageUp: scale(stackNormal(g), slice),
    PageDown: scale(stackNormal(g), -slice),
  };
  const found = by[key];
  return found?.some((mm) => mm !== 0) ? found : undefined;
};
