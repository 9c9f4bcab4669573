import { expect, test, vi } from 'vitest';
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import { drawOutline } from '../../../../../src/renderer/viewer/paint/lesion-canvas.ts';
import type { ProjectedLesion } from '../../../../../src/renderer/viewer/space/lesion-projection.ts';

const view = { g: {} as StackGeometry, slice: 0, toCanvas: ([x, y]: Vec3) => [2 * x, 2 * y] as const };
const lesion = { longAxis: [[0, 0, 0] as Vec3, [40, 0, 0] as Vec3] as [Vec3, Vec3] };
const projected = (shortAxis: [Vec3, Vec3] | undefined) =>
  ({ lesion, ...lesion, shortAxis }) as unknown as ProjectedLesion;
const canvas = () => {
  const calls = {
    save: vi.fn(),
    restore: vi.fn(),
    setLineDash: vi.fn(),
    beginPath: vi.fn(),
    moveTo: vi.fn(),
    lineTo: vi.fn(),
    stroke: vi.fn(),
    ellipse: vi.fn(),
  };
  return { calls, context: calls as unknown as CanvasRenderingContext2D };
};

test('a lesion of another date is the ellipse through the ends of its axes', () => {
  const { calls, context } = canvas();
  drawOutline(
    context,
    projected([
      [20, -10, 0],
      [20, 10, 0],
    ]),
    view,
  );
  expect(calls.ellipse).toHaveBeenCalledWith(40, 0, 40, 20, 0, 0, 2 * Math.PI);
});

test('with one axis alone its outline is not known, and the line is drawn', () => {
  const { calls, context } = canvas();
  drawOutline(context, projected(undefined), view);
  expect(calls.ellipse).not.toHaveBeenCalled();
  expect(calls.lineTo).toHaveBeenCalledWith(80, 0);
});
