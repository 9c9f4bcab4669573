import type { Migration } from './migration.ts';

/**
 * What is erased leaves a tombstone: which case, when and why, and nothing of whom. A prediction may be deleted where a
 * tombstone stands for its case, and a tombstone is for ever. What the search tables no longer hold leaves no trace in
 * their index (https://sqlite.org/fts5.html#the_secure_delete_configuration_option).
 */
export const letATombstoneStandForACase: Migration = {
  version: 95,
  name: 'let a tombstone stand for a case',
  up: (db) =>
    db.exec(`
    CREATE TABLE tombstones (
      case_id TEXT PRIMARY KEY,
      erased_at TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('trash', 'request'))
    ) STRICT;
    CREATE TRIGGER tombstones_are_never_changed BEFORE UPDATE ON tombstones
      BEGIN SELECT RAISE(ABORT, 'a tombstone is never changed'); END;
    CREATE TRIGGER tombstones_are_never_deleted BEFORE DELETE ON tombstones
      BEGIN SELECT RAISE(ABORT, 'a tombstone is never deleted'); END;
    DROP TRIGGER predictions_are_never_deleted;
    CREATE TRIGGER predictions_are_never_deleted BEFORE DELETE ON predictions
      WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE case_id = OLD.case_id)
      BEGIN SELECT RAISE(ABORT, 'a prediction is never deleted'); END;
    INSERT INTO case_search (case_search, rank) VALUES ('secure-delete', 1);
  `),
};
