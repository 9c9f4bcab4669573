import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

const INSERT = `INSERT INTO course_pictures (case_id, picture_id, media_type, picture) VALUES (?, 'a', ?, x'00')`;

test('pictures of a course get a table of their own, and cases stay as they are', () => {
  const db = databaseAt(180);
  insertCase(db, 'one');
  const before = db.prepare('SELECT * FROM cases').all();
  migrate(db, 200);
  expect(tablesOf(db)).toContain('course_pictures');
  expect(db.prepare('SELECT * FROM cases').all()).toStrictEqual(before);
});

test('a picture belongs to a case that is there, is of a known type, and is there once', () => {
  const db = databaseAt(200);
  insertCase(db, 'one');
  const insert = db.prepare(INSERT);
  expect(() => insert.run('none', 'image/png')).toThrow(/FOREIGN KEY/);
  expect(() => insert.run('one', 'text/html')).toThrow(/CHECK/);
  insert.run('one', 'image/png');
  expect(() => insert.run('one', 'image/png')).toThrow(/UNIQUE/);
});
