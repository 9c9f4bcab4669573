import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { toRecordError } from '../../../../../src/main/cases/sql/record-errors.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { rawDatabase } from '../temporary-store.ts';
import { TEST_KEY } from '../test-key.ts';

const failing = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('what SQLite says', () => {
  test('of a full disk is a full disk', () => {
    const db = rawDatabase(join(temporaryFolder(), 'full.db'));
    db.exec('CREATE TABLE t (x)');
    db.pragma('max_page_count = 3');
    const error = failing(() => db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run());
    db.close();
    expect(toRecordError(error)).toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('Free some space'),
    });
  });

  test('of a file that may only be read is a read-only history', () => {
    const db = rawDatabase(join(temporaryFolder(), 'read-only.db'));
    db.exec('CREATE TABLE t (x)');
    db.pragma('query_only = ON');
    const error = failing(() => db.exec('INSERT INTO t VALUES (1)'));
    db.close();
    expect(toRecordError(error).code).toBe('records-read-only');
  });

  test('of a folder that is not there is a history that cannot be reached', () => {
    const error = failing(() => new RecordsStore({ file: '/no/such/folder/records.db', key: TEST_KEY }));
    expect(error).toMatchObject({ code: expect.stringMatching(/^records-/) });
  });

  test('of a file of something else is damage', () => {
    const file = join(temporaryFolder(), 'records.db');
    writeFileSync(file, 'not a database at all, but long enough to be taken for one'.repeat(100));
    expect(failing(() => new RecordsStore({ file, key: TEST_KEY }))).toMatchObject({ code: 'records-corrupt' });
  });
});

test.each([
  ['SQLITE_CORRUPT_VTAB', 'records-corrupt'],
  ['SQLITE_NOTADB', 'records-corrupt'],
  ['SQLITE_READONLY_DIRECTORY', 'records-read-only'],
  ['EROFS', 'records-read-only'],
  ['EACCES', 'records-read-only'],
  ['ENOSPC', 'disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_IOERR_LOCK', 'records-read-only'],
  ['SQLITE_IOERR_DELETE', 'records-read-only'],
  ['SQLITE_BUSY_SNAPSHOT', 'records-in-use'],
  ['SQLITE_MISUSE', 'records-failed'],
])("%s is %s, with the system's own words for the log", (code, expected) => {
  const error = toRecordError(Object.assign(new Error('own words'), { code }));
  expect(error).toMatchObject({ code: expected, detail: `${code} own words` });
  expect(error.message).not.toContain('own words');
});
