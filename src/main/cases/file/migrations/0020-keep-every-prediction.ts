import type { Migration } from './migration.ts';

/** A prediction is never overwritten, only superseded by a later row: the triggers hold this against any code. */
export const keepEveryPrediction: Migration = {
  version: 20,
  name: 'keep every prediction',
  up: (db) =>
    db.exec(`
    CREATE TABLE predictions (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL,
      case_id TEXT NOT NULL REFERENCES cases (id),
      created_at TEXT NOT NULL,
      model_id TEXT NOT NULL,
      model_version TEXT NOT NULL,
      model_status TEXT NOT NULL,
      probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
      decision TEXT NOT NULL CHECK (decision IN ('above-threshold', 'below-threshold')),
      body TEXT NOT NULL CHECK (json_valid(body)),
      UNIQUE (case_id, id)
    ) STRICT;
    CREATE TRIGGER predictions_are_never_changed BEFORE UPDATE ON predictions
      BEGIN SELECT RAISE(ABORT, 'a prediction is never changed'); END;
    CREATE TRIGGER predictions_are_never_deleted BEFORE DELETE ON predictions
      BEGIN SELECT RAISE(ABORT, 'a prediction is never deleted'); END;
  `),
};
