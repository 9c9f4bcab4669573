import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('key images get a table of their own, and cases that have none stay as they are', () => {
  const db = databaseAt(105);
  insertCase(db, 'one');
  const before = db.prepare('SELECT * FROM cases').all();
  migrate(db, 110);
  expect(tablesOf(db)).toContain('key_images');
  expect(db.prepare('SELECT * FROM cases').all()).toStrictEqual(before);
  expect(db.prepare('SELECT count(*) FROM key_images').pluck().get()).toBe(0);
});

test('a key image belongs to a case that is there', () => {
  const db = databaseAt(110);
  const insert = db.prepare(
    `INSERT INTO key_images (case_id, picture_id, body, body_version, picture) VALUES (?, 'a', '{}', 1, x'00')`,
  );
  expect(() => insert.run('none')).toThrow(/FOREIGN KEY/);
});
