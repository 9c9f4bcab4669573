import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isWholePage, macKeyOf, PAGE_BYTES, readHeader } from '../../../../../src/main/cases/file/page-cipher.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { rawDatabase } from '../temporary-store.ts';
import { TEST_KEY } from '../test-key.ts';

const writtenFile = (): Buffer => {
  const file = join(temporaryFolder(), 'pages.db');
  const db = rawDatabase(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(20000))');
  db.pragma('user_version = 4711');
  db.pragma('application_id = 123456789');
  db.close();
  return readFileSync(file);
};

test("SQLite's own numbers are read from the first page without SQLite", () => {
  expect(readHeader(writtenFile().subarray(0, PAGE_BYTES), TEST_KEY)).toStrictEqual({
    userVersion: 4711,
    applicationId: 123_456_789,
  });
});

test('with another key, or of a file that is too short, nothing is read', () => {
  const first = writtenFile().subarray(0, PAGE_BYTES);
  expect(readHeader(first, new Uint8Array(32).fill(8))).toBeUndefined();
  expect(readHeader(first.subarray(0, 100), TEST_KEY)).toBeUndefined();
});

test('any bit of any page that is not as it was written is found', () => {
  const bytes = writtenFile();
  const macKey = macKeyOf(TEST_KEY, bytes.subarray(0, 16));
  const pages = Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index + 1);
  const page = (number: number) => bytes.subarray((number - 1) * PAGE_BYTES, number * PAGE_BYTES);
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((number) => !isWholePage(page(number), number, macKey))).toStrictEqual([]);
  for (const number of pages) {
    for (const at of [number === 1 ? 16 : 0, 23, 24, 2_000, 4_015, 4_016, 4_095]) {
      const flipped = Uint8Array.from(page(number));
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(isWholePage(flipped, number, macKey), `page ${number}, byte ${at}`).toBe(false);
    }
  }
  expect(isWholePage(page(2), 3, macKey)).toBe(false);
});
