import { expect, test } from 'vitest';
import { isCovered } from '../../../../../../src/main/hosts/electron/menu/covered.ts';

const user = { id: '1', name: 'Dr A', role: 'reader' } as const;

test('patients are named to who is signed in and may go on, and to nobody while the history is locked', () => {
  expect(isCovered({ mode: 'single', user: null }, {})).toBe(false);
  expect(isCovered({ mode: 'single', user: null }, { lockedByHand: true })).toBe(true);
  expect(isCovered({ mode: 'users', user: null }, {})).toBe(true);
  expect(isCovered({ mode: 'users', user }, {})).toBe(false);
  expect(isCovered({ mode: 'users', user, mustChange: true }, {})).toBe(true);
});
