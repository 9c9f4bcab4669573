import { expect, it } from 'vitest';
import type { StackGeometry } from '#shared/study/geometry.ts';
import { sliceOnCanvas } from '../../../../../src/renderer/viewer/space/slice-canvas.ts';

const g: StackGeometry = {
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  columnSpacing: 2,
  rowSpacing: 1,
  positions: [[-10, -20, 5]],
  uniform: true,
};

it('a picture of a slice has square pixels in millimetres, whatever its spacing', () => {
  // 100 columns of 2 mm by 100 rows of 1 mm: twice as wide as high.
  const { width, height, toCanvas } = sliceOnCanvas({ rows: 100, columns: 100 }, 400, g, 0);
  expect([width, height]).toEqual([400, 200]);
  // 400 pixels for 200 mm; the centre of the first pixel lies half a pixel inside.
  expect(toCanvas([-10, -20, 5])).toEqual([2, 1]);
  expect(toCanvas([90, 30, 5])).toEqual([202, 101]);
});

it('a slice that is not placed is drawn by its pixels', () => {
  expect(sliceOnCanvas({ rows: 50, columns: 100 }, 100, undefined, 0)).toMatchObject({ width: 100, height: 50 });
});
