import type { Migration } from './migration.ts';

/**
 * Users of the workstation. What says who they are is sealed by the audit log; how often a sign-in of theirs failed is not,
 * and only makes the next one wait. A user is disabled and never deleted: the log names them.
 */
export const keepUsers: Migration = {
  version: 180,
  name: 'keep users',
  up: (db) =>
    db.exec(`
    CREATE TABLE users (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      folded TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL,
      disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
      password TEXT NOT NULL CHECK (json_valid(password)),
      created_at TEXT NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      failed_at TEXT
    ) STRICT;
    CREATE TRIGGER users_are_never_deleted BEFORE DELETE ON users
      BEGIN SELECT RAISE(ABORT, 'a user is never deleted'); END;
  `),
};
