import { expect, test } from 'vitest';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase } from './at-version.ts';

const plan = (db: ReturnType<typeof databaseAt>, order: string): string =>
  (
    db
      .prepare(`EXPLAIN QUERY PLAN SELECT l.* FROM case_list l WHERE l.trashed = 0 ORDER BY ${order} LIMIT 101`)
      .all() as {
      detail: string;
    }[]
  )
    .map(({ detail }) => detail)
    .join('; ');

test.each([
  'patient_name COLLATE NOCASE',
  'patient_id COLLATE NOCASE',
  'study_date',
  'probability',
  'model_id COLLATE NOCASE',
])('0100 lets a page sorted by %s be read along an index, both ways, without sorting the history', (column) => {
  const db = databaseAt(99);
  insertCase(db, 'a');
  const orders = ['ASC', 'DESC'].map((way) => `l.${column} ${way}, l.position ${way}`);
  for (const order of orders) expect(plan(db, order)).toContain('TEMP B-TREE');
  migrate(db, 100);
  for (const order of orders) {
    expect(plan(db, order)).toContain('USING INDEX case_list_by_');
    expect(plan(db, order)).not.toContain('TEMP B-TREE');
  }
});
