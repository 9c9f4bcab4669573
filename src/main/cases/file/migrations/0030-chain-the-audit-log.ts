import type { Migration } from './migration.ts';

/** Who changed what and when; each entry holds the hash of the one before it. AUTOINCREMENT remembers a cut-off tail. */
export const chainTheAuditLog: Migration = {
  version: 30,
  name: 'chain the audit log',
  up: (db) =>
    db.exec(`
    CREATE TABLE audit_log (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      case_id TEXT,
      detail TEXT NOT NULL CHECK (json_valid(detail)),
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX audit_log_by_case ON audit_log (case_id, sequence);
    CREATE TRIGGER audit_entries_are_never_changed BEFORE UPDATE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END;
    CREATE TRIGGER audit_entries_are_never_deleted BEFORE DELETE ON audit_log
      BEGIN SELECT RAISE(ABORT, 'an audit entry is never deleted'); END;
  `),
};
