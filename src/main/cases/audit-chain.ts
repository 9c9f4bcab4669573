import type { Database } from 'better-sqlite3';
import { canonicalJson } from '#shared/canonical-json.ts';
import type { AuditEntry, RecordsVerdict } from '#shared/cases/case.ts';
import { hashOf } from './canonical-json.ts';

/** What the first entry holds in place of a predecessor's hash. */
export const GENESIS_HASH = '0'.repeat(64);

/** The schema that brought the log. */
export const AUDIT_LOG_SINCE = 30;

export interface AuditEvent {
  at: string;
  actor: string;
  action: string;
  caseId: string | null;
  /** Never an identifier of the patient: the log outlives the case and may be handed to an auditor. */
  detail: Record<string, unknown>;
}

interface AuditRow {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  case_id: string | null;
  detail: string;
  previous_hash: string;
  hash: string;
}

/** What a damaged page made of a detail fits no hash, which says so of its entry and of no other. */
const detailOf = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { unreadable: true };
  }
};

const toEntry = (row: AuditRow): AuditEntry => ({
  sequence: row.sequence,
  at: row.at,
  actor: row.actor,
  action: row.action,
  caseId: row.case_id,
  detail: detailOf(row.detail),
  hash: row.hash,
  previousHash: row.previous_hash,
});

/** The hash covers every member but itself. */
export const entryHash = ({ hash: _hash, ...covered }: AuditEntry): string => hashOf(covered);

/** Pure: does every entry hold its own content, and the hash of the one before it? `lastIssued` is the highest number given. */
export const verifyChain = (entries: readonly AuditEntry[], lastIssued: number): RecordsVerdict => {
  let previousHash = GENESIS_HASH;
  let expected = 1;
  for (const entry of entries) {
    if (entry.sequence !== expected) return { intact: false, problem: `Entry ${expected} is missing.` };
    if (entry.previousHash !== previousHash) {
      return { intact: false, problem: `Entry ${entry.sequence} does not follow the entry before it.` };
    }
    if (entry.hash !== entryHash(entry)) return { intact: false, problem: `Entry ${entry.sequence} was altered.` };
    previousHash = entry.hash;
    expected += 1;
  }
  return lastIssued === entries.length
    ? { intact: true }
    : { intact: false, problem: `${entries.length} of ${lastIssued} entries are there.` };
};

/** Adds one entry; call it inside the transaction of the change that it records. */
export const appendAudit = (db: Database, event: AuditEvent): AuditEntry => {
  const last = db.prepare('SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1').get() as
    | Pick<AuditRow, 'sequence' | 'hash'>
    | undefined;
  const unsealed: AuditEntry = {
    sequence: (last?.sequence ?? 0) + 1,
    ...event,
    // As it will be read back: without undefined members.
    detail: JSON.parse(canonicalJson(event.detail)) as Record<string, unknown>,
    hash: '',
    previousHash: last?.hash ?? GENESIS_HASH,
  };
  const entry = { ...unsealed, hash: entryHash(unsealed) };
  db.prepare(
    `INSERT INTO audit_log (sequence, at, actor, action, case_id, detail, previous_hash, hash)
     VALUES (@sequence, @at, @actor, @action, @caseId, @detail, @previousHash, @hash)`,
  ).run({ ...entry, detail: canonicalJson(entry.detail) });
  return entry;
};

export const readAudit = (db: Database): AuditEntry[] =>
  (db.prepare('SELECT * FROM audit_log ORDER BY sequence').all() as AuditRow[]).map(toEntry);

/** Who saved a case last, and when. */
export const lastSave = (db: Database, caseId: string): Pick<AuditEvent, 'actor' | 'at'> | undefined =>
  db
    .prepare(
      `SELECT actor, at FROM audit_log WHERE case_id = ? AND action IN ('case.saved', 'case.created')
       ORDER BY sequence DESC LIMIT 1`,
    )
    .get(caseId) as Pick<AuditEvent, 'actor' | 'at'> | undefined;

export const lastIssuedSequence = (db: Database): number => {
  const row = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).get() as
    | { seq: number }
    | undefined;
  return row?.seq ?? 0;
};
