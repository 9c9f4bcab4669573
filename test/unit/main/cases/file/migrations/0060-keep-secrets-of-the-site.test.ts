import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase } from './at-version.ts';

test('0060 adds secrets that are long enough and never changed, and leaves the cases', () => {
  const db = databaseAt(50);
  insertCase(db, 'kept');
  migrate(db, 60);
  const insert = db.prepare(`INSERT INTO secrets (name, value, created_at) VALUES (?, ?, 't')`);
  insert.run('one', randomBytes(16));
  expect(() => insert.run('short', randomBytes(15))).toThrow('CHECK');
  expect(() => db.exec(`UPDATE secrets SET created_at = 'u'`)).toThrow('never changed');
  expect(db.prepare('SELECT id FROM cases').pluck().all()).toStrictEqual(['kept']);
});
