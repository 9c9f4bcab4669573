import type { Database } from 'better-sqlite3';
import type { AuditEntry } from '#shared/cases/case.ts';
import { type ChainVerdict, lastIssuedSequence, verifyChain } from './audit-chain.ts';
import { holdsSeal, type Seal, sealIn, secretSeal } from './seal.ts';

const SECRET_ACTIONS = new Set(['secret.created', 'secret.sealed']);

interface Sealed {
  cases: Map<string, Seal>;
  secrets: Map<string, string>;
}

/** Pure: the last seal of everything that has one. */
const sealedBy = (entries: readonly AuditEntry[]): Sealed => {
  const sealed: Sealed = { cases: new Map(), secrets: new Map() };
  for (const { action, caseId, detail } of entries) {
    const seal = sealIn(detail);
    if (caseId !== null && seal) sealed.cases.set(caseId, seal);
    if (SECRET_ACTIONS.has(action)) sealed.secrets.set(String(detail.name), String(detail.hash));
  }
  return sealed;
};

const storedSecrets = (db: Database): Map<string, string> => {
  const rows = db.prepare('SELECT name, value, created_at FROM secrets').all() as {
    name: string;
    value: Uint8Array;
    created_at: string;
  }[];
  return new Map(rows.map(({ name, value, created_at }) => [name, secretSeal(name, value, created_at)]));
};

const holds = (db: Database, id: string, seal: Seal | undefined): boolean => {
  try {
    return seal !== undefined && holdsSeal(db, id, seal);
  } catch {
    // A damaged page under this case: the others are still to be asked.
    return false;
  }
};

/** Is every entry, every case and every secret as it was last written? */
export const verifyRecords = (db: Database, entries: readonly AuditEntry[]): ChainVerdict => {
  const chain = verifyChain(entries, lastIssuedSequence(db));
  if (!chain.intact) return chain;
  const sealed = sealedBy(entries);
  const stored = db.prepare('SELECT id FROM cases UNION SELECT id FROM case_list').pluck().all() as string[];
  for (const id of new Set([...stored, ...sealed.cases.keys()])) {
    if (!holds(db, id, sealed.cases.get(id))) {
      return { intact: false, problem: `Case ${id} is not as it was last saved.` };
    }
  }
  const secrets = storedSecrets(db);
  for (const name of new Set([...secrets.keys(), ...sealed.secrets.keys()])) {
    if (secrets.get(name) !== sealed.secrets.get(name)) {
      return { intact: false, problem: `The secret of ${name} is not as it was made.` };
    }
  }
  return { intact: true };
};
