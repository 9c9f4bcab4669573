import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('a case that was kept before has chosen no model and is compared with none', () => {
  const db = databaseAt(110);
  insertCase(db, 'one');
  migrate(db, 170);
  expect(db.prepare('SELECT model_id FROM cases').pluck().all()).toStrictEqual([null]);
  expect(tablesOf(db)).toContain('comparisons');
  expect(db.prepare('SELECT count(*) FROM comparisons').pluck().get()).toBe(0);
});

test('a case has one comparison at most, and a comparison its case', () => {
  const db = databaseAt(170);
  insertCase(db, 'one');
  const insert = db.prepare(`INSERT INTO comparisons (case_id, body, body_version) VALUES (?, '{}', 2)`);
  insert.run('one');
  expect(() => insert.run('one')).toThrow(/UNIQUE/);
  expect(() => insert.run('none')).toThrow(/FOREIGN KEY/);
});
