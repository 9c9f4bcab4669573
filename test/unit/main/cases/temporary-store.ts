import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { TEST_KEY } from './test-key.ts';

export const openStore = (file: string, now?: () => Date): RecordsStore => {
  const store = new RecordsStore({ file, key: TEST_KEY, ...(now ? { now } : {}) });
  onTestFinished(() => store.close());
  return store;
};

export const temporaryStore = (now?: () => Date): RecordsStore => openStore(join(temporaryFolder(), 'records.db'), now);

/** A second hand on the same file, as an intruder with the key would have it. */
export const rawDatabase = (file: string, recordKey: Uint8Array = TEST_KEY): Database => {
  const db = new BetterSqlite(file);
  db.pragma(`cipher = 'sqlcipher'`);
  db.pragma(`key = "x'${Buffer.from(recordKey).toString('hex')}'"`);
  return db;
};
