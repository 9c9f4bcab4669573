import { expect, test } from 'vitest';
import { appendAudit, readAudit } from '../../../../../../src/main/cases/audit/audit-chain.ts';
import { migrate } from '../../../../../../src/main/cases/file/migrate.ts';
import { databaseAt, insertCase, tablesOf } from './at-version.ts';

test('0030 starts an empty log beside cases that are there, which then only grows', () => {
  const db = databaseAt(20);
  insertCase(db, 'a');
  migrate(db, 30);
  expect(tablesOf(db)).toContain('audit_log');
  expect(readAudit(db)).toStrictEqual([]);
  appendAudit(db, { at: 't', actor: 'x', action: 'case.saved', caseId: 'a', detail: {} });
  expect(() => db.exec(`UPDATE audit_log SET actor = 'y'`)).toThrow('never changed');
  expect(() => db.exec('DELETE FROM audit_log')).toThrow('never deleted');
  expect(readAudit(db)).toHaveLength(1);
});
