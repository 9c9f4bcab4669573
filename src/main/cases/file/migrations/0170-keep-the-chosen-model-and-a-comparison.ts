import type { Migration } from './migration.ts';

/**
 * The model that was chosen for a case, before it is used, and what another model says of the same inputs. The second is
 * no prediction of the case: it stands in a table of its own, at most one, with its map beside its body as predictions have it.
 */
export const keepTheChosenModelAndAComparison: Migration = {
  version: 170,
  name: 'keep the chosen model and a comparison',
  up: (db) =>
    db.exec(`
    ALTER TABLE cases ADD COLUMN model_id TEXT;
    CREATE TABLE comparisons (
      case_id TEXT PRIMARY KEY REFERENCES cases (id),
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL,
      map_values BLOB
    ) STRICT;
  `),
};
