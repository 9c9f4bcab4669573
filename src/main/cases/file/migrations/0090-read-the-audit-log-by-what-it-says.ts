import type { Migration } from './migration.ts';

/** By whom, what and when: each answers a page of a long log from one index, newest first. */
export const readTheAuditLogByWhatItSays: Migration = {
  version: 90,
  name: 'read the audit log by what it says',
  up: (db) =>
    db.exec(`
    CREATE INDEX audit_log_by_actor ON audit_log (actor, sequence);
    CREATE INDEX audit_log_by_action ON audit_log (action, sequence);
    CREATE INDEX audit_log_by_time ON audit_log (at, sequence);
  `),
};
