import { expect, test } from 'vitest';
import { isOwnFile, START_URL } from '../../../../../../src/main/hosts/electron/page/origin.ts';

test('what the page made is its own file, and no other address is', () => {
  expect(isOwnFile('blob:app://haicast/8a5e3c1e-7d5f-4a1c-9d53-0b1f6b1f6b1f')).toBe(true);
  for (const other of [
    START_URL,
    'blob:https://haicast/8a5e',
    'blob:app://other/8a5e',
    'blob:app://user@haicast/8a5e',
    'blob:null/8a5e',
    'data:text/plain,a',
    'file:///etc/hostname',
    '',
  ]) {
    expect(isOwnFile(other), other).toBe(false);
  }
});
