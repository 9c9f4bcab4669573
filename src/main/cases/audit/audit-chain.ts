import type { Database } from 'better-sqlite3';
import { canonicalJson } from '#shared/canonical-json.ts';
import type { AuditEntry } from '#shared/cases/case.ts';
import { hashOf } from '../seal/canonical-json.ts';
import { prepared } from '../sql/prepared.ts';
import { type Actor, nameOfActor } from './actor.ts';

/** What the first entry holds in place of a predecessor's hash. */
export const GENESIS_HASH = '0'.repeat(64);

/** The schema that brought the log. */
export const AUDIT_LOG_SINCE = 30;

export interface AuditEvent {
  at: string;
  actor: Actor;
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

/** What the next entry of the chain is held to. */
export interface ChainLink {
  sequence: number;
  hash: string;
}

export const GENESIS: ChainLink = { sequence: 0, hash: GENESIS_HASH };

const problemOf = (before: ChainLink, entry: AuditEntry): string | undefined => {
  if (entry.sequence !== before.sequence + 1) return `Entry ${before.sequence + 1} is missing.`;
  if (entry.previousHash !== before.hash) return `Entry ${entry.sequence} does not follow the entry before it.`;
  return entry.hash === entryHash(entry) ? undefined : `Entry ${entry.sequence} was altered.`;
};

/** Pure: does the entry follow the one before it, and hold its own content? And what the one after it is held to. */
export const linkOf = (before: ChainLink, entry: AuditEntry): { link: ChainLink; problem: string | undefined } => ({
  link: { sequence: entry.sequence, hash: entry.hash },
  problem: problemOf(before, entry),
});

export const lastIssuedSequence = (db: Database): number => {
  const row = prepared(db, `SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).get() as
    | { seq: number }
    | undefined;
  return row?.seq ?? 0;
};

/** Who signed in stands in the detail, which the hash covers. */
export const provedDetail = ({ actor, detail }: Pick<AuditEvent, 'actor' | 'detail'>): Record<string, unknown> =>
  typeof actor === 'string' ? detail : { ...detail, identity: actor.identity };

/** Adds one entry; call it inside the transaction of the change that it records. */
export const appendAudit = (db: Database, event: AuditEvent): AuditEntry => {
  const last = prepared(db, 'SELECT hash FROM audit_log ORDER BY sequence DESC LIMIT 1').get() as
    | Pick<AuditRow, 'hash'>
    | undefined;
  const unsealed: AuditEntry = {
    // After the highest number that was ever given: an end that was cut off leaves a gap which nothing fills.
    sequence: lastIssuedSequence(db) + 1,
    ...event,
    actor: nameOfActor(event.actor),
    // As it will be read back: without undefined members.
    detail: JSON.parse(canonicalJson(provedDetail(event))) as Record<string, unknown>,
    hash: '',
    previousHash: last?.hash ?? GENESIS_HASH,
  };
  const entry = { ...unsealed, hash: entryHash(unsealed) };
  prepared(
    db,
    `INSERT INTO audit_log (sequence, at, actor, action, case_id, detail, previous_hash, hash)
     VALUES (@sequence, @at, @actor, @action, @caseId, @detail, @previousHash, @hash)`,
  ).run({ ...entry, detail: canonicalJson(entry.detail) });
  return entry;
};

export const readAudit = (db: Database): AuditEntry[] =>
  (db.prepare('SELECT * FROM audit_log ORDER BY sequence').all() as AuditRow[]).map(toEntry);

/** Who saved a case last, and when. */
export const lastSave = (db: Database, caseId: string): Pick<AuditEntry, 'actor' | 'at'> | undefined =>
  prepared(
    db,
    `SELECT actor, at FROM audit_log WHERE case_id = ? AND action IN ('case.saved', 'case.created')
       ORDER BY sequence DESC LIMIT 1`,
  ).get(caseId) as Pick<AuditEntry, 'actor' | 'at'> | undefined;

/** At most `limit` entries after one and up to another, in order. */
export const readAuditRange = (db: Database, after: number, until: number, limit: number): AuditEntry[] =>
  (
    prepared(db, 'SELECT * FROM audit_log WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?').all(
      after,
      until,
      limit,
    ) as AuditRow[]
  ).map(toEntry);

/** Every entry of some actions, oldest first. */
export const entriesOf = (db: Database, actions: readonly string[]): AuditEntry[] =>
  (
    db
      .prepare(`SELECT * FROM audit_log WHERE action IN (${actions.map(() => '?').join(', ')}) ORDER BY sequence`)
      .all(...actions) as AuditRow[]
  ).map(toEntry);

/** The newest entry of one action. */
export const lastEntryOf = (db: Database, action: string): AuditEntry | undefined => {
  const row = db.prepare('SELECT * FROM audit_log WHERE action = ? ORDER BY sequence DESC LIMIT 1').get(action) as
    | AuditRow
    | undefined;
  return row && toEntry(row);
};
