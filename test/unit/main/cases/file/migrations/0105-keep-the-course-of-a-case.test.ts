import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder.ts';
import { fixtureDatabase, recordFixtures } from '../../record-fixtures.ts';
import { databaseAt, insertCase } from './at-version.ts';

test('0105 leaves every case as it was, and keeps what refers to it', async () => {
  const [fixture] = recordFixtures();
  if (!fixture) throw new Error('the fixture of schema 60 is missing');
  const file = join(temporaryFolder(), 'records.db');
  copyFileSync(join(fixture.folder, 'records.db'), file);
  const db = await fixtureDatabase(fixture.folder, file);
  onTestFinished(() => {
    db.close();
  });
  migrate(db, 100);
  const all = () => db.prepare('SELECT * FROM cases ORDER BY number').all();
  const before = all();
  migrate(db, 105);
  expect(before.length).toBeGreaterThan(0);
  expect(all()).toStrictEqual(before);
  expect(db.pragma('foreign_key_check')).toStrictEqual([]);
  expect(db.prepare('SELECT count(*) FROM course_entries').pluck().get()).toBe(0);
});

test('0105: an entry of a course can be neither changed nor deleted, and belongs to a case', () => {
  const db = databaseAt(105);
  insertCase(db, 'a');
  const insert = db.prepare(
    `INSERT INTO course_entries (case_id, kind, item_id, at, actor, body, body_version) VALUES (?, 'plan', 'plan', 't', 'x', '{}', 1)`,
  );
  insert.run('a');
  expect(() => db.exec(`UPDATE course_entries SET actor = 'y'`)).toThrow(/never changed/);
  expect(() => db.exec('DELETE FROM course_entries')).toThrow(/never deleted/);
  db.pragma('foreign_keys = ON');
  expect(() => insert.run('nobody')).toThrow(/FOREIGN KEY/);
});
