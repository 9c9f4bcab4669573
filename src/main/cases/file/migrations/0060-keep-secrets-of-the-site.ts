import type { Migration } from './migration.ts';

/** Secrets that must be the same tomorrow, such as the key of pseudonyms: kept and backed up with the records. */
export const keepSecretsOfTheSite: Migration = {
  version: 60,
  name: 'keep secrets of the site',
  up: (db) =>
    db.exec(`
    CREATE TABLE secrets (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL CHECK (length(value) >= 16),
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER secrets_are_never_changed BEFORE UPDATE ON secrets
      BEGIN SELECT RAISE(ABORT, 'a secret is never changed'); END;
  `),
};
