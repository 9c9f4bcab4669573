import type { Migration } from './migration.ts';

/**
 * Meetings of the tumour board, and what it was asked, shown and decided about a case. Every row is superseded by a later one
 * of the same meeting (and case and kind) and never changed. A meeting names its cases by id alone, so that one may be erased
 * and leave nothing of itself; all that speaks of a case has its `case_id`.
 */
export const keepTheTumourBoard: Migration = {
  version: 160,
  name: 'keep the tumour board',
  up: (db) =>
    db.exec(`
    CREATE TABLE board_meetings (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      meeting_id TEXT NOT NULL,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      body TEXT CHECK (json_valid(body)),
      body_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX board_meetings_by_id ON board_meetings (meeting_id, sequence);
    CREATE TRIGGER board_meetings_are_never_changed BEFORE UPDATE ON board_meetings
      BEGIN SELECT RAISE(ABORT, 'an entry of the board is never changed'); END;
    CREATE TRIGGER board_meetings_are_never_deleted BEFORE DELETE ON board_meetings
      BEGIN SELECT RAISE(ABORT, 'an entry of the board is never deleted'); END;

    CREATE TABLE board_entries (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES cases (id),
      meeting_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('listing', 'shown', 'decision', 'done')),
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      amendment TEXT,
      body TEXT NOT NULL CHECK (json_valid(body)),
      body_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX board_entries_by_case ON board_entries (case_id, sequence);
    CREATE INDEX board_entries_by_meeting ON board_entries (meeting_id, sequence);
    CREATE INDEX board_entries_by_kind ON board_entries (kind, sequence);
    CREATE TRIGGER board_entries_are_never_changed BEFORE UPDATE ON board_entries
      BEGIN SELECT RAISE(ABORT, 'an entry of the board is never changed'); END;
    CREATE TRIGGER board_entries_are_never_deleted BEFORE DELETE ON board_entries
      WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE case_id = OLD.case_id)
      BEGIN SELECT RAISE(ABORT, 'an entry of the board is never deleted'); END;
  `),
};
