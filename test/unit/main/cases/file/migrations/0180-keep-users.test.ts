import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { hasUsers, insertUser, userSeals } from '../../../../../../src/main/cases/users/user-rows.ts';
import { databaseAt } from './at-version.ts';

const password = { kdf: 'scrypt', N: 2 ** 14, r: 8, p: 1, salt: 'AA==', hash: 'AA==' } as const;

test('a history from before there were users has none, and keeps those that come without letting one be deleted', () => {
  const db = databaseAt(170);
  expect(userSeals(db).size).toBe(0);
  migrate(db, 180);
  expect(hasUsers(db)).toBe(false);
  insertUser(db, { id: 'u', name: ' Ada ', role: 'reader', password, at: '2026-11-27T10:00:00.000Z' });
  expect(db.prepare('SELECT name, folded, disabled, failures FROM users').get()).toStrictEqual({
    name: 'Ada',
    folded: 'ada',
    disabled: 0,
    failures: 0,
  });
  expect(() => db.prepare('DELETE FROM users').run()).toThrow('a user is never deleted');
  db.close();
});
