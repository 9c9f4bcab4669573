/** Where a slice lies on a picture of it: its own rows and columns, at one scale in millimetres. */
import { dot, type StackGeometry, subtract, type Vec3 } from '#shared/study/geometry.ts';

export interface SliceOnCanvas {
  width: number;
  height: number;
  /** mm LPS to pixels of the picture. */
  toCanvas(position: Vec3): readonly [number, number];
}

/**
 * A picture of `longest` pixels on its longer side, with square pixels in millimetres. The picture's corner is the corner of the
 * first pixel, half a spacing before its centre (DICOM PS3.3 C.7.6.2.1.1).
 */
export const sliceOnCanvas = (
  { rows, columns }: { rows: number; columns: number },
  longest: number,
  g: StackGeometry | undefined,
  slice: number,
): SliceOnCanvas => {
  const [columnMm, rowMm] = [g?.columnSpacing ?? 1, g?.rowSpacing ?? 1];
  const perMm = longest / Math.max(columns * columnMm, rows * rowMm);
  const origin = g?.positions[slice] ?? [0, 0, 0];
  return {
    width: Math.max(1, Math.round(columns * columnMm * perMm)),
    height: Math.max(1, Math.round(rows * rowMm * perMm)),
    toCanvas(position) {
      if (!g) return [0, 0];
      const away = subtract(position, origin);
      return [(dot(away, g.rowDirection) + columnMm / 2) * perMm, (dot(away, g.columnDirection) + rowMm / 2) * perMm];
    },
  };
};
