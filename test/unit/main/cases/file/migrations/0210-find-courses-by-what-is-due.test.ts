import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { courseCondition } from '../../../../../../src/main/cases/list/course-filter.ts';
import { databaseAt } from './at-version.ts';

const today = '2026-11-27';

test.each(['open', 'due', 'outcome-missing'] as const)(
  'courses that are %s are found without reading every other',
  (course) => {
    const db = databaseAt(180);
    const { sql, params } = courseCondition({ course, today });
    const plan = () =>
      db
        .prepare(`EXPLAIN QUERY PLAN SELECT l.id FROM case_list l WHERE l.trashed = 0 AND ${sql.join(' AND ')}`)
        .all(...params)
        .map((row) => (row as { detail: string }).detail);
    expect(plan().some((step) => /USING (COVERING )?INDEX course_list/.test(step))).toBe(false);
    migrate(db, 210);
    expect(plan().some((step) => /SEARCH k USING (COVERING )?INDEX course_list/.test(step))).toBe(true);
    db.close();
  },
);
