import type { Migration } from './migration.ts';

/**
 * Reader studies, and what was read in them. A study names its cases by id alone, so that one may be erased and leave nothing of
 * itself; each of its rows is superseded by a later one and never changed. A reading is of a case, once for each reader and kind,
 * and is never changed at all.
 */
export const keepReaderStudies: Migration = {
  version: 230,
  name: 'keep reader studies',
  up: (db) =>
    db.exec(`
    CREATE TABLE reader_studies (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      study_id TEXT NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX reader_studies_by_id ON reader_studies (study_id, sequence);
    CREATE TRIGGER reader_studies_are_never_changed BEFORE UPDATE ON reader_studies
      BEGIN SELECT RAISE(ABORT, 'an entry of a reader study is never changed'); END;
    CREATE TRIGGER reader_studies_are_never_deleted BEFORE DELETE ON reader_studies
      BEGIN SELECT RAISE(ABORT, 'an entry of a reader study is never deleted'); END;

    CREATE TABLE readings (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES cases (id),
      study_id TEXT NOT NULL,
      reader TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('first', 'second')),
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL,
      UNIQUE (study_id, case_id, reader, kind)
    ) STRICT;
    CREATE INDEX readings_by_case ON readings (case_id, sequence);
    CREATE TRIGGER readings_are_never_changed BEFORE UPDATE ON readings
      BEGIN SELECT RAISE(ABORT, 'a reading is never changed'); END;
    CREATE TRIGGER readings_are_never_deleted BEFORE DELETE ON readings
      WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE case_id = OLD.case_id)
      BEGIN SELECT RAISE(ABORT, 'a reading is never deleted'); END;
  `),
};
