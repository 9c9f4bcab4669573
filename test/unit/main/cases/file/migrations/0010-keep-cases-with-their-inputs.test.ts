import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('0010 makes an empty file hold cases and their inputs, each of which belongs to a case', () => {
  const db = databaseAt(0);
  expect(tablesOf(db)).toStrictEqual([]);
  migrate(db, 10);
  expect(tablesOf(db)).toStrictEqual(['cases', 'factors', 'lesions', 'role_assignments', 'studies']);
  insertCase(db, 'a');
  const factor = db.prepare('INSERT INTO factors VALUES (?, ?, ?, ?)');
  factor.run('a', 0, 'afp', '{"value":1}');
  expect(() => factor.run('nobody', 0, 'afp', '{}')).toThrow('FOREIGN KEY');
  expect(() => factor.run('a', 1, 'afp', '{}')).toThrow('UNIQUE');
  expect(() => factor.run('a', 2, 'alt', 'no json')).toThrow('CHECK');
  expect(() => db.exec(`UPDATE cases SET base_rate = 1.5`)).toThrow('CHECK');
});
