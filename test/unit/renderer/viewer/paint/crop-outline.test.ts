import { expect, it, vi } from 'vitest';
import type { PlaneGrid, Vec3 } from '#shared/study/geometry.ts';
import { drawCrop } from '../../../../../src/renderer/viewer/paint/map-canvas.ts';
import { makeStack } from '../stacks.ts';

const crop: PlaneGrid = {
  center: [10, 20, 6],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  rows: 4,
  columns: 8,
  spacing: 5,
};

it('the outline of the crop goes around its outermost cells, where they lie in the patient', () => {
  const drawn: [number, number][] = [];
  const take = (x: number, y: number) => drawn.push([x, y]);
  const closed = vi.fn();
  const [save, restore, setLineDash, beginPath, stroke] = Array.from({ length: 5 }, () => vi.fn());
  const calls = { save, restore, setLineDash, beginPath, moveTo: take, lineTo: take, closePath: closed, stroke };
  const toCanvas = ([x, y]: Vec3) => [2 * x, 3 * y] as const;
  drawCrop(calls as unknown as CanvasRenderingContext2D, crop, { g: makeStack(), slice: 2, toCanvas });
  const [left, right, top, bottom] = [2 * (10 - 20), 2 * (10 + 20), 3 * (20 - 10), 3 * (20 + 10)];
  expect(drawn).toEqual([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]);
  expect(closed).toHaveBeenCalledOnce();
});
