import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('the board gets tables of its own, and cases stay as they are', () => {
  const db = databaseAt(110);
  insertCase(db, 'one');
  const before = db.prepare('SELECT * FROM cases').all();
  migrate(db, 160);
  expect(tablesOf(db)).toEqual(expect.arrayContaining(['board_meetings', 'board_entries']));
  expect(db.prepare('SELECT * FROM cases').all()).toStrictEqual(before);
});

test('what a board decided is of a case that is there, and neither changed nor deleted', () => {
  const db = databaseAt(160);
  insertCase(db, 'one');
  const insert = db.prepare(
    `INSERT INTO board_entries (case_id, meeting_id, kind, at, actor, body, body_version)
     VALUES (?, 'm', 'decision', 't', 'a', '{}', 1)`,
  );
  expect(() => insert.run('none')).toThrow(/FOREIGN KEY/);
  insert.run('one');
  db.exec(`INSERT INTO board_meetings (meeting_id, at, actor, body, body_version) VALUES ('m', 't', 'a', '{}', 1)`);
  for (const table of ['board_entries', 'board_meetings']) {
    expect(() => db.exec(`UPDATE ${table} SET actor = 'b'`), table).toThrow(/never changed/);
    expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow(/never deleted/);
  }
});
