import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, tablesOf } from './at-version.ts';

test('0040 adds a search that finds parts of words in scripts without spaces', () => {
  const db = databaseAt(30);
  expect(tablesOf(db)).not.toContain('case_search');
  migrate(db, 40);
  db.prepare('INSERT INTO case_search (rowid, text) VALUES (7, ?)').run('欧阳三丰先生');
  const found = db.prepare('SELECT rowid FROM case_search WHERE case_search MATCH ?').pluck();
  expect(found.all('"阳三丰"')).toStrictEqual([7]);
  expect(found.all('"三丰阳"')).toStrictEqual([]);
});
