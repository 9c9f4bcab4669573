/** The evidence of a prediction on the grid of an image. Pure. */

import type { Prediction } from '#shared/model/prediction.ts';
import { dot, pixelToPatient, type StackGeometry, subtract } from '#shared/study/geometry.ts';

export interface GridOfImage {
  geometry: StackGeometry;
  slice: number;
  rows: number;
  columns: number;
}

/**
 * Log-odds by pixel, row-major. A pixel has the value of the cell of the map that its centre lies in, unsmoothed; outside of
 * the map it has 0, which is what the image contributes there.
 */
export const evidenceFrame = (
  { grid, values }: Prediction['map'],
  { geometry, slice, rows, columns }: GridOfImage,
): Float32Array => {
  const frame = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const away = subtract(pixelToPatient(geometry, slice, row, column), grid.center);
      const x = Math.floor(dot(away, grid.rowDirection) / grid.spacing + grid.columns / 2);
      const y = Math.floor(dot(away, grid.columnDirection) / grid.spacing + grid.rows / 2);
      if (x < 0 || y < 0 || x >= grid.columns || y >= grid.rows) continue;
      frame[row * columns + column] = values[y * grid.columns + x] ?? 0;
    }
  }
  return frame;
};
