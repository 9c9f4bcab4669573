import type { Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase } from './at-version.ts';

const withPredictions = (): Database => {
  const db = databaseAt(85);
  for (const id of ['kept', 'erased']) {
    insertCase(db, id);
    db.prepare(
      `INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body,
         body_version) VALUES ('p', ?, 't', 'm', '1', 'simulated', 0.5, 'above-threshold', '{}', 2)`,
    ).run(id);
  }
  migrate(db, 95);
  return db;
};

test('0095 lets the predictions of a case with a tombstone be deleted, and no others', () => {
  const db = withPredictions();
  db.exec(`INSERT INTO tombstones (case_id, erased_at, reason) VALUES ('erased', 't', 'request')`);
  db.exec(`DELETE FROM predictions WHERE case_id = 'erased'`);
  expect(() => db.exec(`DELETE FROM predictions WHERE case_id = 'kept'`)).toThrow('a prediction is never deleted');
  expect(db.prepare('SELECT case_id FROM predictions').pluck().all()).toStrictEqual(['kept']);
});

test('0095 keeps a tombstone for ever', () => {
  const db = withPredictions();
  db.exec(`INSERT INTO tombstones (case_id, erased_at, reason) VALUES ('erased', 't', 'trash')`);
  expect(() => db.exec(`UPDATE tombstones SET reason = 'request'`)).toThrow('a tombstone is never changed');
  expect(() => db.exec('DELETE FROM tombstones')).toThrow('a tombstone is never deleted');
  expect(() => db.exec(`INSERT INTO tombstones VALUES ('b', 't', 'because')`)).toThrow('CHECK');
});

test('0095 leaves no trace of deleted text in the index of the search', () => {
  const db = withPredictions();
  db.exec(`INSERT INTO case_search (rowid, text) VALUES (1, 'muster'); DELETE FROM case_search WHERE rowid = 1`);
  const blocks = db.prepare('SELECT block FROM case_search_data').pluck().all() as Uint8Array[];
  expect(Buffer.concat(blocks).includes('mus')).toBe(false);
});
