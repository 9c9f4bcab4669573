import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, insertPrediction } from './at-version.ts';

test('0070 gives every body that is there the first version, and rebuilds predictions without losing one', () => {
  const db = databaseAt(60);
  insertCase(db, 'a');
  insertPrediction(db, 'a', 'one');
  insertPrediction(db, 'a', 'two');
  const before = db.prepare('SELECT sequence, id, body FROM predictions ORDER BY sequence').all();
  migrate(db, 70);
  expect(db.prepare('SELECT sequence, id, body FROM predictions ORDER BY sequence').all()).toStrictEqual(before);
  expect(db.prepare('SELECT body_version, map_values FROM predictions').all()).toStrictEqual([
    { body_version: 1, map_values: null },
    { body_version: 1, map_values: null },
  ]);
  expect(db.prepare('SELECT body_version FROM studies').pluck().all()).toStrictEqual([1]);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('0070 keeps predictions from being changed, deleted, doubled, or numbered again', () => {
  const db = databaseAt(60);
  insertCase(db, 'a');
  insertPrediction(db, 'a', 'one');
  migrate(db, 70);
  expect(() => db.exec('UPDATE predictions SET probability = 0.6')).toThrow('never changed');
  expect(() => db.exec('DELETE FROM predictions')).toThrow('never deleted');
  const insert = db.prepare(
    `INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body,
       body_version) VALUES (?, ?, 't', 'm', '1', 'simulated', ?, ?, '{}', 2) RETURNING sequence`,
  );
  expect(() => insert.get('one', 'a', 0.5, 'above-threshold')).toThrow('UNIQUE');
  expect(() => insert.get('two', 'nobody', 0.5, 'above-threshold')).toThrow('FOREIGN KEY');
  expect(() => insert.get('two', 'a', null, 'above-threshold')).toThrow('CHECK');
  expect(insert.pluck().get('two', 'a', null, 'withheld')).toBe(2);
});
