import BetterSqlite, { type Database } from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditQuery } from '#shared/cases/audit.ts';
import { appendAudit } from '../../../../../src/main/cases/audit/audit-chain.ts';
import { readAuditNames, readAuditPage } from '../../../../../src/main/cases/audit/read-audit-page.ts';
import { migrate } from '../../../../../src/main/cases/file/migrate.ts';

let db: Database;
const sequences = (query: AuditQuery) => readAuditPage(db, query).entries.map(({ sequence }) => sequence);

beforeAll(() => {
  db = new BetterSqlite(':memory:');
  migrate(db);
  const entry = (at: string, actor: string, action: string, caseId: string | null) =>
    appendAudit(db, { at, actor, action, caseId, detail: {} });
  entry('2026-01-01T08:00:00.000Z', 'Dr A', 'case.created', 'one');
  entry('2026-01-02T08:00:00.000Z', 'Dr B', 'case.saved', 'one');
  entry('2026-01-03T08:00:00.000Z', 'Dr A', 'case.created', 'two');
  // A clock that was set back.
  entry('2026-01-01T09:00:00.000Z', 'Dr A', 'records.locked', null);
  entry('2026-01-04T08:00:00.000Z', 'Dr B', 'case.saved', 'two');
});

describe('a page of the audit log', () => {
  test.each<[string, AuditQuery, number[]]>([
    ['everything, newest first', {}, [5, 4, 3, 2, 1]],
    ['a case', { caseId: 'one' }, [2, 1]],
    ['an actor', { actor: 'Dr A' }, [4, 3, 1]],
    ['an action', { action: 'case.saved' }, [5, 2]],
    ['a time, the end left out', { from: '2026-01-02', until: '2026-01-04' }, [3, 2]],
    ['a time before the clock was set back, and after', { until: '2026-01-02' }, [4, 1]],
    ['all of them together', { caseId: 'two', actor: 'Dr B', action: 'case.saved', from: '2026-01-04' }, [5]],
    ['what nobody did', { actor: 'Dr C' }, []],
    ['a time without entries', { from: '2027' }, []],
  ])('holds %s', (_what, query, expected) => {
    expect(sequences(query)).toStrictEqual(expected);
  });

  test('is followed by the next one without a gap or a double, whatever comes in meanwhile', () => {
    const first = readAuditPage(db, { limit: 2 });
    expect([first.entries.map(({ sequence }) => sequence), first.next]).toStrictEqual([[5, 4], 4]);
    expect(sequences({ limit: 2, before: first.next ?? 0 })).toStrictEqual([3, 2]);
    expect(readAuditPage(db, { limit: 2, before: 2 })).toMatchObject({ entries: [{ sequence: 1 }], next: null });
    expect(readAuditPage(db, { limit: 1, actor: 'Dr B' }).next).toBe(5);
  });
});

test('every actor and action is named once', () => {
  expect(readAuditNames(db)).toStrictEqual({
    actors: ['Dr A', 'Dr B'],
    actions: ['case.created', 'case.saved', 'records.locked'],
  });
});
