import type { Database } from 'better-sqlite3';
import { canonicalJson } from '#shared/canonical-json.ts';
import { prepared } from '../sql/prepared.ts';
import { nameOfActor } from './actor.ts';
import { type AuditEvent, appendAudit, provedDetail } from './audit-chain.ts';

const inLog = (db: Database, { at, actor, action, caseId, detail }: AuditEvent): number =>
  Number(
    prepared(
      db,
      'SELECT count(*) FROM audit_log WHERE at = ? AND actor = ? AND action = ? AND case_id IS ? AND detail = ?',
    )
      .pluck()
      .get(at, nameOfActor(actor), action, caseId, canonicalJson(provedDetail({ actor, detail }))),
  );

/**
 * Adds events that waited outside of the log, each as often as it is among them: those that the log has already are what an
 * earlier handing over kept, whose file could not be removed afterwards. Call it inside a transaction.
 */
export const appendOnce = (db: Database, events: readonly AuditEvent[]): void => {
  const before = new Map<string, number>();
  for (const event of events) {
    const key = canonicalJson(event);
    const kept = before.get(key) ?? inLog(db, event);
    before.set(key, kept - 1);
    if (kept <= 0) appendAudit(db, event);
  }
};
