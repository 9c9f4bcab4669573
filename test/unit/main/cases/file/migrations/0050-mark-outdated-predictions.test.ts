import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, insertPrediction } from './at-version.ts';

test('0050 takes the prediction of every case that is there for its own', () => {
  const db = databaseAt(40);
  insertCase(db, 'with a prediction');
  insertPrediction(db, 'with a prediction', 'one');
  insertCase(db, 'without');
  migrate(db, 50);
  expect(db.prepare('SELECT prediction_outdated FROM cases').pluck().all()).toStrictEqual([0, 0]);
  expect(() => db.exec('UPDATE cases SET prediction_outdated = 2')).toThrow('CHECK');
});
