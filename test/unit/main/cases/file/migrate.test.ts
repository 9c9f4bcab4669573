import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate, schemaVersion } from '../../../../../src/main/cases/file/migrate.ts';
import { migrations } from '../../../../../src/main/cases/file/migrations/index.ts';

test('migrations are numbered upwards, and have names of their own', () => {
  const versions = migrations.map(({ version }) => version);
  expect(versions).toStrictEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
});

test('a file that is up to date is left alone', () => {
  const db = new BetterSqlite(':memory:');
  migrate(db);
  const before = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
  migrate(db);
  expect(db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()).toStrictEqual(before);
  expect(schemaVersion(db)).toBe(migrations.at(-1)?.version);
  db.close();
});

test('a file of a newer version is refused and not touched', () => {
  const db = new BetterSqlite(':memory:');
  db.pragma('user_version = 9990');
  expect(() => migrate(db)).toThrow(expect.objectContaining({ code: 'records-newer' }));
  expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
  db.close();
});

test('a migration that fails leaves the file at the version before', () => {
  const db = new BetterSqlite(':memory:');
  migrate(db, 10);
  db.exec('CREATE TABLE predictions (in_the_way TEXT)');
  expect(() => migrate(db)).toThrow(/already exists/);
  expect(schemaVersion(db)).toBe(10);
  db.close();
});

test('a step that leaves a row without the one it belongs to is taken back', () => {
  const db = new BetterSqlite(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, 60);
  db.pragma('foreign_keys = OFF');
  db.exec(`INSERT INTO factors (case_id, position, factor_id, body) VALUES ('nobody', 0, 'afp', '{}')`);
  db.pragma('foreign_keys = ON');
  expect(() => migrate(db)).toThrow(expect.objectContaining({ code: 'internal' }));
  expect(schemaVersion(db)).toBe(60);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  db.close();
});
