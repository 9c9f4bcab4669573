import { expect, test } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import { useLinkedDates } from '../../../../../src/renderer/views/follow-up/use-linked-dates.ts';

/** Viewers that answer every position with having got there, as the real ones do. */
const setUp = (places: Record<string, Vec3>) => {
  const at: Record<string, Vec3> = {};
  const asked: string[] = [];
  const linked = useLinkedDates('now', (id) => places[id] ?? [0, 0, 0]);
  const show = (id: string, position: Vec3) => {
    at[id] = position;
    linked.moved(id, position);
  };
  for (const id of Object.keys(places)) {
    linked.setViewer(id, {
      goTo: (position) => {
        asked.push(id);
        show(id, position);
      },
    });
  }
  return { linked, at, asked, show };
};

test('who is scrolled leads, and the others show the same place of the patient', () => {
  const { at, asked, show, linked } = setUp({ now: [6, -8, 11], before: [0, 0, 0], first: [1, 1, 1] });
  show('now', [10, 20, 30]);
  expect(at).toStrictEqual({ now: [10, 20, 30], before: [4, 28, 19], first: [5, 29, 20] });
  expect(asked).toStrictEqual(['before', 'first']);
  linked.touch('before');
  show('before', [4, 28, 24]);
  expect(at.now).toStrictEqual([10, 20, 35]);
});

test('images that come later take the place of the others, and do not lead them to theirs', () => {
  const { at, show } = setUp({ now: [0, 0, 10], before: [0, 0, 0] });
  show('before', [0, 0, 99]);
  expect(at.now).toBeUndefined();
  show('now', [0, 0, 50]);
  expect(at.before).toStrictEqual([0, 0, 40]);
  show('before', [0, 0, 7]);
  expect(at.before).toStrictEqual([0, 0, 40]);
  expect(at.now).toStrictEqual([0, 0, 50]);
});

test('where the patient is found to lie elsewhere, the others follow anew and the one that leads stays', () => {
  const places: Record<string, Vec3> = { now: [0, 0, 0], before: [0, 0, 0] };
  const { at, linked, show } = setUp(places);
  show('now', [0, 0, 50]);
  places.now = [6, -8, 11];
  linked.settle();
  expect(at).toStrictEqual({ now: [0, 0, 50], before: [-6, 8, 39] });
});
