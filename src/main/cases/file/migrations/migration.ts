import type { Database } from 'better-sqlite3';

export interface Migration {
  /** Kept in `PRAGMA user_version`; ascending. */
  version: number;
  name: string;
  /**
   * Brings the file from the version before to this one, inside a transaction. Foreign keys are not enforced meanwhile
   * and checked after it, so a table may be rebuilt. What it calls of the code beside it must stay as it was released.
   */
  up(db: Database): void;
}
