import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, insertPrediction, tablesOf } from './at-version.ts';

const listed = (db: ReturnType<typeof databaseAt>) =>
  db.prepare('SELECT position, id, predicted, decision, trashed FROM case_list ORDER BY position DESC').all();

test('0075 lists every case once, newest first, with the prediction that is in force', () => {
  const db = databaseAt(60);
  for (const [id, updatedAt] of [
    ['newest', '3'],
    ['oldest', '1'],
    ['outdated', '2'],
  ] as const) {
    insertCase(db, id);
    db.prepare('UPDATE cases SET updated_at = ? WHERE id = ?').run(updatedAt, id);
  }
  insertPrediction(db, 'newest', 'one');
  insertPrediction(db, 'outdated', 'one');
  db.exec(`UPDATE cases SET prediction_outdated = 1 WHERE id = 'outdated'`);
  db.exec(`UPDATE cases SET trashed_at = 't' WHERE id = 'oldest'`);
  migrate(db, 75);
  expect(listed(db)).toStrictEqual([
    { position: 3, id: 'newest', predicted: 1, decision: 'above-threshold', trashed: 0 },
    { position: 2, id: 'outdated', predicted: 0, decision: null, trashed: 0 },
    { position: 1, id: 'oldest', predicted: 0, decision: null, trashed: 1 },
  ]);
  expect(tablesOf(db)).not.toContain('case_search_before');
});

test('0075 keeps what could be searched, and finds short terms by an index', () => {
  const db = databaseAt(60);
  insertCase(db, 'a');
  db.exec(`INSERT INTO case_search (rowid, text) SELECT number, '欧阳三丰' FROM cases`);
  migrate(db, 75);
  const found = (table: string, match: string) =>
    db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).pluck().all(match);
  expect(found('case_search', '"阳三丰"')).toStrictEqual([1]);
  // 阳 is U+9633, 三 is U+4E09, 欧 is U+6B27.
  expect(found('case_search_short', 'x9633x4e09')).toStrictEqual([1]);
  expect(found('case_search_short', 'x4e09')).toStrictEqual([1]);
  expect(found('case_search_short', 'x6b27x4e09')).toStrictEqual([]);
});
