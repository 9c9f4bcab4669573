import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { courseKinds } from '#shared/course/course.ts';
import { readingKinds } from '#shared/readers/reader-study.ts';
import { boardKinds } from '../../../../src/main/cases/board/board-rows.ts';
import { migrations } from '../../../../src/main/cases/file/migrations/index.ts';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { FIXTURE_PASSPHRASE } from '../../../fixtures/records/passphrase.ts';
import { schemaName } from '../../../fixtures/records/schema-name.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { expectedOf, fixtureDatabase, recordFixtures } from './record-fixtures.ts';

const opened = async (fixture: string) => {
  const folder = temporaryFolder();
  cpSync(fixture, folder, { recursive: true });
  const vault = new Vault({ folder, passphrase: FIXTURE_PASSPHRASE });
  const { status } = await vault.start();
  expect(status).toMatchObject({ state: 'open' });
  return vault;
};

const newestSchema = schemaName(migrations.at(-1)?.version ?? 0);

test('the newest schema has a fixture, which holds something in every table, and the fixtures of before are there', async () => {
  const fixtures = recordFixtures();
  const names = fixtures.map(({ name }) => name);
  expect(names).toStrictEqual(expect.arrayContaining(['schema-0060', 'schema-0110', 'schema-0180']));
  // Where this fails, a migration was added: `node test/fixtures/records/make.ts`, with something in each new table.
  expect(names).toContain(newestSchema);
  const folder = fixtures.find(({ name }) => name === newestSchema)?.folder ?? '';
  const file = join(temporaryFolder(), 'records.db');
  copyFileSync(join(folder, 'records.db'), file);
  const db = await fixtureDatabase(folder, file);
  const tables = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];
  const isEmpty = (table: string) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  expect(tables.filter(isEmpty)).toStrictEqual([]);
  const kindsIn = (table: string) => db.prepare(`SELECT DISTINCT kind FROM ${table} ORDER BY kind`).pluck().all();
  expect(kindsIn('course_entries')).toStrictEqual([...courseKinds].sort());
  expect(kindsIn('board_entries')).toStrictEqual([...boardKinds].sort());
  expect(kindsIn('readings')).toStrictEqual([...readingKinds].sort());
  db.close();
});

describe.each(recordFixtures())('a case history of $name', ({ folder }) => {
  test('opens with every case as it was, lists and finds it, and verifies', async () => {
    const expected = expectedOf(folder);
    const vault = await opened(folder);
    const store = vault.store();
    // A body that is read may have gained what its schema did not know yet, and has lost nothing.
    expect(expected.cases.map(({ id }) => store.get(id))).toMatchObject(expected.cases);
    expect([...store.list().cases, ...store.list({ trashed: true }).cases]).toMatchObject(expected.listed);
    expect(store.list({ text: '欧阳三丰' }).total).toBe(1);
    expect(store.list({ text: '三丰' }).total).toBe(1);
    expect(store.list({ text: 'muller zoe' }).total).toBe(1);
    expect(store.audit().entries.slice(0, expected.audit.length)).toStrictEqual(expected.audit);
    expect(Buffer.from(store.secret('deidentification')).toString('hex')).toBe(expected.deidentification);
    expect((expected.courses ?? []).map(({ caseId }) => store.course(caseId))).toMatchObject(expected.courses ?? []);
    for (const { caseId, id } of expected.pictures ?? []) {
      expect(pictureIdOf(store.picture(caseId, id).bytes)).toBe(id);
    }
    expect(store.tombstones).toStrictEqual(expected.tombstones ?? []);
    expect(store.meetings()).toMatchObject(expected.meetings ?? []);
    for (const { caseId, entries } of expected.board ?? []) expect(store.boardHistory(caseId)).toMatchObject(entries);
    expect(store.readerStudies()).toMatchObject(expected.readerStudies ?? []);
    for (const { caseId, entries } of expected.readings ?? []) expect(store.readings(caseId)).toMatchObject(entries);
    expect(store.users.list()).toMatchObject(expected.users ?? []);
    expect(vault.hasUsers()).toBe((expected.users ?? []).length > 0);
    expect(store.formerKeys().map((key) => Buffer.from(key).toString('hex'))).toStrictEqual(expected.formerKeys ?? []);
    expect(store.verify()).toStrictEqual({ intact: true });
    expect(await store.check({ scope: 'whole', actor: 'a' })).toMatchObject({ intact: true });
    vault.close();
  });

  test('lets each of its cases be saved again, and verifies still', async () => {
    const vault = await opened(folder);
    const store = vault.store();
    for (const { id } of expectedOf(folder).cases) {
      const { predictions, predictionOutdated: _outdated, ...kept } = store.get(id);
      const saved = store.save({ ...kept, caseId: id, note: 'saved again' }, 'a');
      expect(saved.predictions).toStrictEqual(predictions);
      expect(store.get(id)).toStrictEqual(saved);
    }
    expect(store.verify()).toStrictEqual({ intact: true });
    vault.close();
  });
});
