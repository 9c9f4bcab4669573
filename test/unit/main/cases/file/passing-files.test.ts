import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leavePassing, passingFile, removePassing } from '../../../../../src/main/cases/file/passing-files.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

test('what cannot be taken away at the end of what made it hides no error of that, and is taken away before the next', () => {
  const file = join(temporaryFolder(), 'records.db');
  const incoming = passingFile(file, 'incoming');
  writeFileSync(incoming, '');
  // As in a folder that may not be written any more.
  mkdirSync(`${incoming}-wal`);
  expect(() => leavePassing(file, 'incoming')).not.toThrow();
  expect(existsSync(incoming)).toBe(false);
  expect(() => removePassing(file, 'incoming')).toThrow();
});
