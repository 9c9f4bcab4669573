import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAtomically, writeAtomically } from '../../../../src/main/files/write-atomically.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

test('puts the new text in place of the old, for its owner only, and leaves nothing beside it', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a.json');
  writeFileSync(file, 'old', { mode: 0o644 });
  writeAtomically(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toStrictEqual(['a.json']);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('that fails leaves nothing behind', () => {
  const folder = temporaryFolder();
  // A folder cannot be replaced by a file.
  expect(() => writeAtomically(folder, 'text')).toThrow();
  expect(readdirSync(folder)).toStrictEqual([]);
});

test('a file that must be new is made once, and never put over another', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a.json');
  createAtomically(file, 'first');
  expect(() => createAtomically(file, 'second')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect(readdirSync(folder)).toStrictEqual(['a.json']);
});
