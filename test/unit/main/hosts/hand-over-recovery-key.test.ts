import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handOverRecoveryKey } from '../../../../src/main/hosts/hand-over-recovery-key.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const KEY = 'AAAA-BBBB';

const handedOver = (file: string | undefined): string => {
  const lines: string[] = [];
  handOverRecoveryKey(KEY, { file, note: (line) => lines.push(line) });
  return lines.join('\n');
};

const newFile = (): string => {
  const folder = temporaryFolder();
  return join(folder, 'key.txt');
};

test('a recovery key is said aside, once, where no file is named', () => {
  expect(handedOver(undefined)).toContain(KEY);
});

test('a recovery key goes to a new file of its owner alone, and is then not said', () => {
  const file = newFile();
  expect(handedOver(file)).not.toContain(KEY);
  expect(readFileSync(file, 'utf8')).toBe(`${KEY}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that is there is not written over, and the key is said instead', () => {
  const file = newFile();
  writeFileSync(file, 'something else');
  expect(handedOver(file)).toContain(KEY);
  expect(readFileSync(file, 'utf8')).toBe('something else');
});
