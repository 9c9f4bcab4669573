import type { Database } from 'better-sqlite3';
import { appendAudit } from '../../audit/audit-chain.ts';
import { holdsSeal, type Seal, sealIn, sealOf, secretSeal } from '../../seal/seal.ts';
import type { Migration } from './migration.ts';

/** What a seal covered when this was released; later versions know tables that are not there yet. */
const SEAL = 2;

const lastSeals = (db: Database): Map<string, Seal> => {
  const rows = db
    .prepare(`SELECT case_id, detail FROM audit_log WHERE case_id IS NOT NULL ORDER BY sequence`)
    .all() as { case_id: string; detail: string }[];
  const seals = new Map<string, Seal>();
  for (const { case_id, detail } of rows) {
    const seal = sealIn(JSON.parse(detail) as Record<string, unknown>);
    if (seal) seals.set(case_id, seal);
  }
  return seals;
};

/**
 * The first seals left out whether a prediction is outdated, the columns of the list, dates and secrets. What still fits
 * its first seal is sealed again, whole; what does not keeps the old one, so that a verification goes on finding it.
 */
export const sealEverythingThatIsStored: Migration = {
  version: 80,
  name: 'seal everything that is stored',
  up: (db) => {
    const at = new Date().toISOString();
    const actor = 'haicast';
    for (const [caseId, seal] of lastSeals(db)) {
      if (!holdsSeal(db, caseId, seal)) continue;
      appendAudit(db, { at, actor, action: 'case.sealed', caseId, detail: { seal: sealOf(db, caseId, SEAL) } });
    }
    const secrets = db.prepare('SELECT name, value, created_at FROM secrets ORDER BY name').all() as {
      name: string;
      value: Uint8Array;
      created_at: string;
    }[];
    for (const { name, value, created_at } of secrets) {
      const detail = { name, hash: secretSeal(name, value, created_at) };
      appendAudit(db, { at, actor, action: 'secret.sealed', caseId: null, detail });
    }
  },
};
