import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const renderer = resolve(import.meta.dirname, '../../../../src/renderer');
const words = resolve(import.meta.dirname, '../../../../src/shared/words');
/** Signs that DejaVu Sans, Segoe UI Symbol and Apple's symbol fonts have, one of which every desktop brings. */
const COMMON = new Set('✓⚠●▲△▼▽←↑→↓−×÷±≥≤≠<>=+|^`°━─⋯');

it('writes no sign that an ordinary computer shows as a box: what few fonts have is drawn', () => {
  const files = [renderer, words].flatMap((folder) =>
    globSync('**/*.{vue,ts}', { cwd: folder }).map((name) => resolve(folder, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  const uncommon = files.flatMap((file) =>
    [...(readFileSync(file, 'utf8').match(/[\p{So}\p{Sm}\p{Sk}\p{Co}]/gu) ?? [])]
      .filter((sign) => !COMMON.has(sign))
      .map((sign) => `${file.slice(file.lastIndexOf('/') + 1)}: ${sign}`),
  );
  expect(uncommon).toEqual([]);
});
