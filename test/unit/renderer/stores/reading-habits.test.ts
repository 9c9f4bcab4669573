import { expect, it } from 'vitest';
import { habitsFrom, usualHabits } from '../../../../src/renderer/stores/reading-habits.ts';

it('what was kept comes back; what nobody can read is the usual', () => {
  const kept = { ...usualHabits, layout: '1+5', windows: { t2: { width: 0.5, shift: -0.1 } }, panelHidden: true };
  expect(habitsFrom(JSON.stringify(kept))).toEqual(kept);
  for (const text of [
    null,
    '',
    '{',
    '[]',
    JSON.stringify({ ...kept, layout: '9x9' }),
    JSON.stringify({ ...kept, panelRem: 1 }),
  ])
    expect(habitsFrom(text)).toBe(usualHabits);
});

it('what was kept before the map had settings of its own keeps the rest', () => {
  const { mapOpacity: _opacity, mapThreshold: _threshold, ...before } = { ...usualHabits, panelHidden: true };
  expect(habitsFrom(JSON.stringify(before))).toEqual({ ...usualHabits, panelHidden: true });
  expect(habitsFrom(JSON.stringify({ ...before, mapThreshold: 0.35, mapOpacity: 1 }))).toMatchObject({
    mapThreshold: 0.35,
    mapOpacity: 1,
  });
  expect(habitsFrom(JSON.stringify({ ...before, mapThreshold: 2 }))).toBe(usualHabits);
});
