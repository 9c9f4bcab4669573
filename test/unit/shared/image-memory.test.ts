import { expect, test } from 'vitest';
import { automaticImageMemoryMb, imageBudgetBytes } from '#shared/image-memory.ts';

test.each([
  [2, 512],
  [4, 1024],
  [7.7, 1792],
  [8, 2048],
  [64, 4096],
])('a computer with %d GB gives %d MB to images', (gigabytes, mb) => {
  expect(automaticImageMemoryMb(gigabytes * 1024 ** 3)).toBe(mb);
});

test('page and host have half of it each', () => {
  expect(imageBudgetBytes(1024)).toBe(512 * 1024 ** 2);
});
