/**
 * A process that opens a history of an older schema, which brings it to the newest, and ends: `node migrating.ts FILE KEY
 * [UID]`. The key is that of a fixture, whose people are invented.
 */
import { writeSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { toErrorShape } from '#shared/errors.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';

const [file = '', key = '', uid] = process.argv.slice(2);
// What is loaded late must be there before the rights are given up.
new BetterSqlite(':memory:').close();
if (uid) process.setuid?.(Number(uid));
writeSync(1, 'loaded\n');
try {
  new RecordsStore({ file, key: Uint8Array.from(Buffer.from(key, 'hex')) }).close();
  writeSync(1, 'opened\n');
} catch (error) {
  writeSync(1, `refused ${toErrorShape(error).code}\n`);
}
