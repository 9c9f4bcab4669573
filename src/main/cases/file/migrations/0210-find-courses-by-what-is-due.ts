import type { Migration } from './migration.ts';

/** Courses that are open, due or without an outcome are few among many that are closed: the list finds them by an index. */
export const findCoursesByWhatIsDue: Migration = {
  version: 210,
  name: 'find courses by what is due',
  up: (db) =>
    db.exec(`
    CREATE INDEX course_list_by_state ON course_list (state, follow_up_due);
    CREATE INDEX course_list_without_outcome ON course_list (outcome_missing) WHERE outcome_missing = 1;
  `),
};
