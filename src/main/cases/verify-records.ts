import type { Database } from 'better-sqlite3';
import type { AuditEntry, RecordsVerdict } from '#shared/cases/case.ts';
import { lastIssuedSequence, verifyChain } from './audit-chain.ts';
import { reachableIds } from './damaged-list.ts';
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

const alteredSecret = (db: Database, sealed: ReadonlyMap<string, string>): string | undefined => {
  const stored = storedSecrets(db);
  return [...new Set([...stored.keys(), ...sealed.keys()])].find((name) => stored.get(name) !== sealed.get(name));
};

const holds = (db: Database, id: string, seal: Seal | undefined): boolean => {
  try {
    return seal !== undefined && holdsSeal(db, id, seal);
  } catch {
    // A damaged page under this case: the others are still to be asked.
    return false;
  }
};

const firstProblem = (chain: string | undefined, cases: readonly string[], secret: string | undefined) =>
  chain ??
  (cases[0] === undefined ? undefined : `Case ${cases[0]} is not as it was last saved.`) ??
  (secret === undefined ? undefined : `The secret of ${secret} is not as it was made.`);

/**
 * Is every entry, every case and every secret as it was last written? One step a case, so that whoever asks may do other
 * things between two of them.
 */
export function* verifyingSteps(db: Database, entries: readonly AuditEntry[]): Generator<void, RecordsVerdict> {
  const chain = verifyChain(entries, lastIssuedSequence(db));
  const sealed = sealedBy(entries);
  const damagedCases: string[] = [];
  for (const id of new Set([...reachableIds(db), ...sealed.cases.keys()])) {
    if (!holds(db, id, sealed.cases.get(id))) damagedCases.push(id);
    yield;
  }
  const problem = firstProblem(chain.problem, damagedCases, alteredSecret(db, sealed.secrets));
  return problem === undefined ? { intact: true } : { intact: false, problem, damagedCases };
}

export const verifyRecords = (db: Database, entries: readonly AuditEntry[]): RecordsVerdict => {
  const steps = verifyingSteps(db, entries);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
