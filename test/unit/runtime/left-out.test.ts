import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '..');
const CONDITION = /\.(skipIf|runIf)\(/g;
/** As far as a condition and the name after it reach. */
const REACH = 400;

test('a test that may be left out says why in its name: a report has no other place for it', () => {
  const silent = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [...text.matchAll(CONDITION)]
        .map(({ index }) => text.slice(index, index + REACH))
        .filter((part) => !/left out|leftOutWithout|withoutPublicFiles/.test(part))
        .map((part) => `${name}: ${part.slice(0, 60)}`);
    });
  expect(silent).toEqual([]);
});
