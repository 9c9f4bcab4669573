import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { readKeys } from '../../../../src/main/cases/keys/keys-file.ts';
import { unwrapWithPassphrase } from '../../../../src/main/cases/keys/passphrase-wrapping.ts';
import { FIXTURE_PASSPHRASE } from '../../../fixtures/records/passphrase.ts';

const root = resolve(import.meta.dirname, '../../../fixtures/records');

/** Every schema that was ever released, as a data folder with what its cases were. */
export const recordFixtures = (): { name: string; folder: string }[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: join(root, name) }));

export const expectedOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    cases: { id: string }[];
    listed: object[];
    audit: object[];
    deidentification: string;
    /** Of the schemas that know them. */
    courses?: { caseId: string }[];
    pictures?: { caseId: string; id: string }[];
    tombstones?: object[];
    meetings?: object[];
    board?: { caseId: string; entries: object[] }[];
    readerStudies?: object[];
    readings?: { caseId: string; entries: object[] }[];
    users?: object[];
    formerKeys?: string[];
  };

export const keyOf = async (folder: string): Promise<Uint8Array> => {
  const read = readKeys(folder);
  const slot = read.state === 'present' ? read.keys.passphrase : undefined;
  const key =
    slot && read.state === 'present' && (await unwrapWithPassphrase(slot, FIXTURE_PASSPHRASE, read.keys.storeId));
  if (!key) throw new Error(`${folder} does not open with the passphrase of fixtures`);
  return key;
};

/** A copy of a fixture's file, as it stands and not migrated; for the caller to close. */
export const fixtureDatabase = async (folder: string, file: string): Promise<Database> => {
  const db = new BetterSqlite(file);
  db.pragma(`cipher = 'sqlcipher'`);
  db.pragma(`key = "x'${Buffer.from(await keyOf(folder)).toString('hex')}'"`);
  return db;
};
