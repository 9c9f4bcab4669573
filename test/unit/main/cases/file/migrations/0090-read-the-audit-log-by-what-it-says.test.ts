import { expect, test } from 'vitest';
import { appendAudit } from '../../../../../../src/main/cases/audit/audit-chain.ts';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt } from './at-version.ts';

test.each([
  ['actor', `actor = 'a'`, 'audit_log_by_actor'],
  ['action', `action = 'case.saved'`, 'audit_log_by_action'],
])('0090 answers entries by %s, newest first, from one index', (_what, condition, index) => {
  const db = databaseAt(85);
  appendAudit(db, { at: 't', actor: 'a', action: 'case.saved', caseId: 'c', detail: {} });
  migrate(db, 90);
  const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM audit_log WHERE ${condition} ORDER BY sequence DESC`).all();
  expect(plan).toMatchObject([{ detail: expect.stringContaining(index) }]);
  expect(db.prepare('SELECT actor, action FROM audit_log WHERE sequence = 1').get()).toStrictEqual({
    actor: 'a',
    action: 'case.saved',
  });
});

test('0090 finds the entries of a time from an index alone', () => {
  const db = databaseAt(90);
  const plan = db
    .prepare(`EXPLAIN QUERY PLAN SELECT min(sequence), max(sequence) FROM audit_log WHERE at >= 'a' AND at < 'b'`)
    .all();
  expect(plan).toMatchObject([{ detail: expect.stringContaining('COVERING INDEX audit_log_by_time') }]);
});
