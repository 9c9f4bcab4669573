import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, insertPrediction, tablesOf } from './at-version.ts';

test('0020 lets cases that are there get predictions, which then cannot be changed or deleted', () => {
  const db = databaseAt(10);
  insertCase(db, 'a');
  insertCase(db, 'b');
  migrate(db, 20);
  expect(tablesOf(db)).toContain('predictions');
  insertPrediction(db, 'a', 'one');
  insertPrediction(db, 'b', 'one');
  expect(() => insertPrediction(db, 'a', 'one')).toThrow('UNIQUE');
  expect(() => insertPrediction(db, 'nobody', 'two')).toThrow('FOREIGN KEY');
  expect(() => db.exec('UPDATE predictions SET probability = 0.6')).toThrow('never changed');
  expect(() => db.exec('DELETE FROM predictions')).toThrow('never deleted');
  expect(db.prepare('SELECT count(*) FROM predictions').pluck().get()).toBe(2);
});
