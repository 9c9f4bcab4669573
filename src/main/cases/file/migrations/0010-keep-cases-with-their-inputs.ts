import type { Migration } from './migration.ts';

/**
 * A case and everything the user entered. What is searched, filtered or referred to has its own column; the value as the
 * contract describes it stands whole in `body` (JSON), so that a case reopens exactly as it was.
 */
export const keepCasesWithTheirInputs: Migration = {
  version: 10,
  name: 'keep cases with their inputs',
  up: (db) =>
    db.exec(`
    CREATE TABLE cases (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      revision INTEGER NOT NULL CHECK (revision > 0),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      source_kind TEXT NOT NULL CHECK (source_kind IN ('path', 'demo', 'upload')),
      source_path TEXT NOT NULL,
      base_rate REAL CHECK (base_rate BETWEEN 0 AND 1),
      note TEXT NOT NULL,
      trashed_at TEXT
    ) STRICT;
    CREATE INDEX cases_by_update ON cases (updated_at DESC);

    CREATE TABLE studies (
      case_id TEXT PRIMARY KEY REFERENCES cases (id),
      study_instance_uid TEXT NOT NULL,
      patient_name TEXT NOT NULL,
      patient_id TEXT NOT NULL,
      study_date TEXT,
      study_description TEXT,
      body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT;

    CREATE TABLE role_assignments (
      case_id TEXT NOT NULL REFERENCES cases (id),
      position INTEGER NOT NULL,
      role TEXT NOT NULL,
      series_id TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      PRIMARY KEY (case_id, position)
    ) STRICT;

    CREATE TABLE lesions (
      case_id TEXT NOT NULL REFERENCES cases (id),
      position INTEGER NOT NULL,
      lesion_id TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      PRIMARY KEY (case_id, position),
      UNIQUE (case_id, lesion_id)
    ) STRICT;

    CREATE TABLE factors (
      case_id TEXT NOT NULL REFERENCES cases (id),
      position INTEGER NOT NULL,
      factor_id TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      PRIMARY KEY (case_id, position),
      UNIQUE (case_id, factor_id)
    ) STRICT;
  `),
};
