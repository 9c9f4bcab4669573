import BetterSqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '#shared/cases/case.ts';
import { appendAudit, GENESIS, linkOf, readAudit } from '../../../../../src/main/cases/audit/audit-chain.ts';
import { migrate } from '../../../../../src/main/cases/file/migrate.ts';

const chain = (length: number): AuditEntry[] => {
  const db = new BetterSqlite(':memory:');
  migrate(db, 30);
  for (let index = 0; index < length; index++) {
    appendAudit(db, { at: `t${index}`, actor: 'a', action: 'case.saved', caseId: `c${index % 2}`, detail: { index } });
  }
  const entries = readAudit(db);
  db.close();
  return entries;
};

/** Of all links in turn, and of the end against the highest number that was given. */
const verifyChain = (entries: readonly AuditEntry[], lastIssued: number): { intact: boolean } => {
  let { link, problem } = { link: GENESIS, problem: undefined as string | undefined };
  for (const entry of entries) {
    const next = linkOf(link, entry);
    problem ??= next.problem;
    link = next.link;
  }
  return { intact: problem === undefined && link.sequence === lastIssued };
};

describe('the audit chain', () => {
  const entries = chain(6);

  test('is intact as written', () => {
    expect(verifyChain(entries, 6)).toStrictEqual({ intact: true });
    expect(entries[0]?.previousHash).toBe('0'.repeat(64));
    expect(entries[5]?.previousHash).toBe(entries[4]?.hash);
    expect(verifyChain([], 0)).toStrictEqual({ intact: true });
  });

  test('shows any altered member of any entry', () => {
    const members = ['sequence', 'at', 'actor', 'action', 'caseId', 'detail', 'hash', 'previousHash'] as const;
    fc.assert(
      fc.property(fc.nat(5), fc.constantFrom(...members), (index, member) => {
        const altered = entries.map((entry, at) => (at === index ? { ...entry, [member]: 'altered' } : entry));
        expect(verifyChain(altered as AuditEntry[], 6).intact).toBe(false);
      }),
    );
  });

  test('shows a missing, doubled or moved entry', () => {
    fc.assert(
      fc.property(fc.nat(5), (index) => {
        expect(verifyChain(entries.toSpliced(index, 1), 6).intact).toBe(false);
        const [entry] = entries.slice(index);
        expect(verifyChain(entry ? entries.toSpliced(index, 0, entry) : [], 7).intact).toBe(false);
        expect(
          verifyChain([...entries.slice(1, index + 1), ...entries.slice(0, 1), ...entries.slice(index + 1)], 6).intact,
        ).toBe(index === 0);
      }),
    );
  });
});
