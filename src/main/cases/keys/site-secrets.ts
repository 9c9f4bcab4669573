import type { Database } from 'better-sqlite3';
import type { Actor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { secretSeal } from '../seal/seal.ts';
import { FORMER_KEY } from './former-keys.ts';

/** Undefined where there is none of this name. */
export const readSecret = (db: Database, name: string): Uint8Array | undefined => {
  const kept = db.prepare('SELECT value FROM secrets WHERE name = ?').pluck().get(name);
  return kept instanceof Uint8Array ? new Uint8Array(kept) : undefined;
};

/** Call it inside a transaction. */
export const keepSecret = (
  db: Database,
  { name, value }: { name: string; value: Uint8Array },
  { at, actor }: { at: string; actor: Actor },
): void => {
  db.prepare('INSERT INTO secrets (name, value, created_at) VALUES (?, ?, ?)').run(name, value, at);
  const detail = { name, hash: secretSeal(name, value, at) };
  appendAudit(db, { at, actor, action: 'secret.created', caseId: null, detail });
};

/** Keys that the history had, newest first. */
export const readFormerKeys = (db: Database): Uint8Array[] =>
  db
    .prepare('SELECT value FROM secrets WHERE substr(name, 1, ?) = ? ORDER BY created_at DESC')
    .pluck()
    .all(FORMER_KEY.length, FORMER_KEY)
    .filter((value) => value instanceof Uint8Array)
    .map((value) => new Uint8Array(value));
