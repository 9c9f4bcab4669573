import type { Migration } from './migration.ts';

/**
 * Every body says which version of its form it was written in; what was written before has the first. Predictions are
 * built anew: a decision may be withheld, without a probability then, and the values of a map may stand beside the body
 * as the binary numbers that they are.
 */
export const letBodiesCarryTheirVersion: Migration = {
  version: 70,
  name: 'let bodies carry their version',
  up: (db) =>
    db.exec(`
    ALTER TABLE studies ADD COLUMN body_version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE role_assignments ADD COLUMN body_version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE lesions ADD COLUMN body_version INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE factors ADD COLUMN body_version INTEGER NOT NULL DEFAULT 1;

    CREATE TABLE predictions_next (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL,
      case_id TEXT NOT NULL REFERENCES cases (id),
      created_at TEXT NOT NULL,
      model_id TEXT NOT NULL,
      model_version TEXT NOT NULL,
      model_status TEXT NOT NULL,
      probability REAL CHECK (probability BETWEEN 0 AND 1),
      decision TEXT NOT NULL CHECK (decision IN ('above-threshold', 'below-threshold', 'withheld')),
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL,
      map_values BLOB,
      UNIQUE (case_id, id),
      CHECK (decision = 'withheld' OR probability IS NOT NULL)
    ) STRICT;
    INSERT INTO predictions_next
      SELECT sequence, id, case_id, created_at, model_id, model_version, model_status, probability, decision, body, 1, NULL
      FROM predictions ORDER BY sequence;
    DROP TABLE predictions;
    ALTER TABLE predictions_next RENAME TO predictions;
    CREATE TRIGGER predictions_are_never_changed BEFORE UPDATE ON predictions
      BEGIN SELECT RAISE(ABORT, 'a prediction is never changed'); END;
    CREATE TRIGGER predictions_are_never_deleted BEFORE DELETE ON predictions
      BEGIN SELECT RAISE(ABORT, 'a prediction is never deleted'); END;
  `),
};
