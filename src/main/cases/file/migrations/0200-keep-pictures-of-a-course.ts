import type { Migration } from './migration.ts';

/**
 * Pictures of the time points of a course. What they show stands in `course_entries`, part by part like all of a course; here
 * are their bytes alone, each once by its hash, as long as the case is: an entry that was superseded still shows what it showed.
 */
export const keepPicturesOfACourse: Migration = {
  version: 200,
  name: 'keep pictures of a course',
  up: (db) =>
    db.exec(`
    CREATE TABLE course_pictures (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES cases (id),
      picture_id TEXT NOT NULL,
      media_type TEXT NOT NULL CHECK (media_type IN ('image/webp', 'image/png')),
      picture BLOB NOT NULL,
      UNIQUE (case_id, picture_id)
    ) STRICT;
    CREATE TRIGGER course_pictures_are_never_changed BEFORE UPDATE ON course_pictures
      BEGIN SELECT RAISE(ABORT, 'a picture of a course is never changed'); END;
    CREATE TRIGGER course_pictures_are_never_deleted BEFORE DELETE ON course_pictures
      WHEN NOT EXISTS (SELECT 1 FROM tombstones WHERE case_id = OLD.case_id)
      BEGIN SELECT RAISE(ABORT, 'a picture of a course is never deleted'); END;
  `),
};
