import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../resources/demo');
const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

test('the demonstration patient has three dates of images, in 14 MB together', () => {
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['study', 'follow-up-1', 'follow-up-2']));
  expect(sizeOf(folder)).toBeLessThanOrEqual(14_000_000);
});
