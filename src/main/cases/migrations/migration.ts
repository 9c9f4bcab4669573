export interface Migration {
  /** Kept in `PRAGMA user_version`; in steps of ten. */
  version: number;
  name: string;
  sql: string;
}
