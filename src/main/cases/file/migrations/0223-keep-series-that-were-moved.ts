import type { Migration } from './migration.ts';

/** Series that a reader moved by hand against the arterial one: an input of the prediction beside roles, lesions and factors. */
export const keepSeriesThatWereMoved: Migration = {
  version: 223,
  name: 'keep series that were moved',
  up: (db) =>
    db.exec(`
    CREATE TABLE series_shifts (
      case_id TEXT NOT NULL REFERENCES cases (id),
      position INTEGER NOT NULL,
      series_id TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL,
      PRIMARY KEY (case_id, position),
      UNIQUE (case_id, series_id)
    ) STRICT;
  `),
};
