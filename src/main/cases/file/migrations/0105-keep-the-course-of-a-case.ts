import type { Migration } from './migration.ts';

/**
 * What follows a prediction: time points, lesions, cycles, responses, outcome. Each part is a row that a later row of the
 * same kind and id supersedes; a row without a body takes the part away. `course_list` is what the list of cases says of a
 * course. A case may be without images (`none`: from a table; `simulated`: of the demonstration history), for which the
 * table of cases is built anew.
 */
export const keepTheCourseOfACase: Migration = {
  version: 105,
  name: 'keep the course of a case',
  up: (db) =>
    db.exec(`
    CREATE TABLE cases_next (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      revision INTEGER NOT NULL CHECK (revision > 0),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      source_kind TEXT NOT NULL CHECK (source_kind IN ('path', 'demo', 'upload', 'none', 'simulated')),
      source_path TEXT NOT NULL,
      base_rate REAL CHECK (base_rate BETWEEN 0 AND 1),
      note TEXT NOT NULL,
      trashed_at TEXT,
      prediction_outdated INTEGER NOT NULL DEFAULT 0 CHECK (prediction_outdated IN (0, 1))
    ) STRICT;
    INSERT INTO cases_next SELECT number, id, revision, created_at, updated_at, source_kind, source_path, base_rate, note,
      trashed_at, prediction_outdated FROM cases;
    DROP TABLE cases;
    ALTER TABLE cases_next RENAME TO cases;
    CREATE INDEX simulated_cases ON cases (source_kind) WHERE source_kind = 'simulated';

    CREATE TABLE course_entries (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES cases (id),
      kind TEXT NOT NULL,
      item_id TEXT NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      amendment TEXT,
      body TEXT CHECK (json_valid(body)),
      body_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX course_entries_by_case ON course_entries (case_id, sequence);
    CREATE TRIGGER course_entries_are_never_changed BEFORE UPDATE ON course_entries
      BEGIN SELECT RAISE(ABORT, 'an entry of a course is never changed'); END;
    CREATE TRIGGER course_entries_are_never_deleted BEFORE DELETE ON course_entries
      WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE case_id = OLD.case_id)
      BEGIN SELECT RAISE(ABORT, 'an entry of a course is never deleted'); END;

    CREATE TABLE course_list (
      number INTEGER PRIMARY KEY REFERENCES cases (number),
      case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
      state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
      follow_up_due TEXT,
      outcome_missing INTEGER NOT NULL CHECK (outcome_missing IN (0, 1)),
      follow_ups INTEGER NOT NULL,
      cycles INTEGER NOT NULL,
      best_recist TEXT,
      best_mrecist TEXT
    ) STRICT;
  `),
};
