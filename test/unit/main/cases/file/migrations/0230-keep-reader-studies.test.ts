import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('reader studies get tables of their own, and cases stay as they are', () => {
  const db = databaseAt(223);
  insertCase(db, 'one');
  const before = db.prepare('SELECT * FROM cases').all();
  migrate(db, 230);
  expect(tablesOf(db)).toEqual(expect.arrayContaining(['reader_studies', 'readings']));
  expect(db.prepare('SELECT * FROM cases').all()).toStrictEqual(before);
});

test('a reading is of a case that is there, once for each reader and kind, and neither changed nor deleted', () => {
  const db = databaseAt(230);
  insertCase(db, 'one');
  const insert = db.prepare(
    `INSERT INTO readings (case_id, study_id, reader, kind, at, actor, body, body_version)
     VALUES (?, 's', 'name:a', ?, 't', 'a', '{}', 1)`,
  );
  expect(() => insert.run('none', 'first')).toThrow(/FOREIGN KEY/);
  expect(() => insert.run('one', 'third')).toThrow(/CHECK/);
  insert.run('one', 'first');
  expect(() => insert.run('one', 'first')).toThrow(/UNIQUE/);
  insert.run('one', 'second');
  db.exec(`INSERT INTO reader_studies (study_id, at, actor, body, body_version) VALUES ('s', 't', 'a', '{}', 1)`);
  for (const table of ['readings', 'reader_studies']) {
    expect(() => db.exec(`UPDATE ${table} SET actor = 'b'`), table).toThrow(/never changed/);
    expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow(/never deleted/);
  }
});
