import { expect, it, vi } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import { type Side, useSamePlace } from '../../../../../src/renderer/views/case/use-same-place.ts';

/** Two viewers that say where they are as soon as they are brought somewhere, as real ones do. */
const linked = () => {
  const at = new Map<Side, Vec3>();
  const viewer = (side: Side) => ({
    goTo: vi.fn((position: Vec3) => {
      at.set(side, position);
      place.moved(side, position);
    }),
    look: () => ({ focus: at.get(side) }),
  });
  type Viewer = ReturnType<Parameters<typeof useSamePlace>[0]['first']>;
  const viewers = { first: viewer('first'), second: viewer('second') };
  const place = useSamePlace({
    first: () => viewers.first as unknown as Viewer,
    second: () => viewers.second as unknown as Viewer,
  });
  const scroll = (side: Side, position: Vec3) => {
    at.set(side, position);
    place.moved(side, position);
  };
  return { at, viewers, place, scroll };
};

it('whichever is moved, the other one follows, once', () => {
  const { at, viewers, scroll } = linked();
  scroll('first', [1, 2, 3]);
  expect(at.get('second')).toEqual([1, 2, 3]);
  scroll('second', [1, 2, 30]);
  expect(at.get('first')).toEqual([1, 2, 30]);
  expect(viewers.first.goTo).toHaveBeenCalledTimes(1);
  expect(viewers.second.goTo).toHaveBeenCalledTimes(1);
  scroll('second', [1, 2.001, 30]);
  expect(viewers.first.goTo).toHaveBeenCalledTimes(1);
});

it('the second one begins where the first one was left, moved since or not', () => {
  const { at, place } = linked();
  at.set('first', [7, 8, 9]);
  place.came();
  expect(at.get('second')).toEqual([7, 8, 9]);
});
