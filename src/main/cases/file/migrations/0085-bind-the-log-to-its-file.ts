import type { Migration } from './migration.ts';

/** Which ids the file may have while its log is ahead of it (`log-binding.ts`); one row. */
export const bindTheLogToItsFile: Migration = {
  version: 85,
  name: 'bind the log to its file',
  up: (db) =>
    db.exec(`
    CREATE TABLE log_binding (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      bases TEXT NOT NULL CHECK (json_valid(bases))
    ) STRICT;
    INSERT INTO log_binding (one, bases) VALUES (1, '[]');
  `),
};
