import type { Database } from 'better-sqlite3';
import type { AuditEntry, RecordsVerdict } from '#shared/cases/case.ts';
import { type ChainLink, GENESIS, lastIssuedSequence, linkOf, readAuditRange } from '../audit/audit-chain.ts';
import { meetingSeals } from '../board/meeting-rows.ts';
import { reachableIds } from '../list/damaged-list.ts';
import { studyActions, studySeals } from '../readers/study-rows.ts';
import { holdsLastSeal, holdsSeal, type Seal, sealIn, secretSeal } from '../seal/seal.ts';
import { userSeals } from '../users/user-rows.ts';

/** A user's newest seal holds. */
const USER_ACTIONS = new Set(['user.added', 'user.changed']);
const STUDY_ACTIONS: ReadonlySet<string> = new Set(studyActions);
const SECRET_ACTIONS = new Set(['secret.created', 'secret.sealed']);
const AT_ONCE = 200;

/** Up to where the history was found to be as it was written, by an entry that says so. */
export interface VerifiedPoint {
  /** Of the last entry that was verified. */
  through: number;
  hash: string;
  at: string;
}

interface Sealed {
  cases: Map<string, Seal>;
  secrets: Map<string, string>;
  /** Entries of meetings, by their sequence. */
  meetings: Map<string, string>;
  /** Entries of reader studies, by their sequence. */
  studies: Map<string, string>;
  users: Map<string, string>;
}

const addSeals = (
  { cases, secrets, meetings, studies, users }: Sealed,
  { action, caseId, detail }: AuditEntry,
): void => {
  const seal = sealIn(detail);
  if (caseId !== null && seal) cases.set(caseId, seal);
  if (SECRET_ACTIONS.has(action)) secrets.set(String(detail.name), String(detail.hash));
  if (action === 'board.listed') meetings.set(String(detail.entry), String(detail.hash));
  if (STUDY_ACTIONS.has(action)) studies.set(String(detail.entry), String(detail.hash));
  if (USER_ACTIONS.has(action)) users.set(String(detail.user), String(detail.hash));
};

const storedSecrets = (db: Database): Map<string, string> => {
  const rows = db.prepare('SELECT name, value, created_at FROM secrets').all() as {
    name: string;
    value: Uint8Array;
    created_at: string;
  }[];
  return new Map(rows.map(({ name, value, created_at }) => [name, secretSeal(name, value, created_at)]));
};

/** Of the sealed ones; with `every`, a stored one without a seal is altered too. */
const altered = (
  stored: ReadonlyMap<string, string>,
  sealed: ReadonlyMap<string, string>,
  every: boolean,
): string | undefined => {
  const names = new Set([...(every ? stored.keys() : []), ...sealed.keys()]);
  return [...names].find((name) => stored.get(name) !== sealed.get(name));
};

const holds = (db: Database, id: string, seal: Seal | undefined): boolean => {
  try {
    return seal !== undefined && holdsSeal(db, id, seal);
  } catch {
    // A damaged page under this case: the others are still to be asked.
    return false;
  }
};

const holdsNow = (db: Database, id: string): boolean => {
  try {
    return holdsLastSeal(db, id);
  } catch {
    return false;
  }
};

/** The ids of a table in its own order, some at a time. */
function* idsOf(db: Database, table: 'cases' | 'case_list', key: 'number' | 'position'): Generator<string[]> {
  const page = db.prepare(`SELECT ${key} AS place, id FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ${AT_ONCE}`);
  let place = 0;
  for (;;) {
    const rows = page.all(place) as { place: number; id: string }[];
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ id }) => id);
    place = last.place;
  }
}

/** Every case that is named anywhere, into `ids`. */
function* collectIds(db: Database, ids: Set<string>): Generator<void> {
  try {
    for (const [table, key] of [
      ['cases', 'number'],
      ['case_list', 'position'],
    ] as const) {
      for (const some of idsOf(db, table, key)) {
        for (const id of some) ids.add(id);
        yield;
      }
    }
  } catch {
    for (const id of reachableIds(db)) ids.add(id);
  }
}

const firstProblem = (
  chain: string | undefined,
  cases: readonly string[],
  secret: string | undefined,
  meeting: string | undefined,
  study: string | undefined,
  user: string | undefined,
) =>
  chain ??
  (cases[0] === undefined ? undefined : `Case ${cases[0]} is not as it was last saved.`) ??
  (secret === undefined ? undefined : `The secret of ${secret} is not as it was made.`) ??
  (meeting === undefined ? undefined : `Entry ${meeting} of the meetings is not as it was written.`) ??
  (study === undefined ? undefined : `Entry ${study} of the reader studies is not as it was written.`) ??
  (user === undefined ? undefined : `The user ${user} is not as they were last changed.`);

export interface Verified extends RecordsVerdict {
  /** How much was looked at. */
  entries: number;
  cases: number;
  through: number;
  hash: string;
}

export interface VerifyingStep {
  done: number;
  total: number;
}

/** Is the verified point still in the chain as it was? */
const startOf = (db: Database, since: VerifiedPoint | undefined): { link: ChainLink; problem?: string } => {
  if (!since) return { link: GENESIS };
  const [entry] = readAuditRange(db, since.through - 1, since.through, 1);
  const problem =
    entry?.hash === since.hash ? undefined : `Entry ${since.through} is not the one that was verified last.`;
  return { link: { sequence: since.through, hash: since.hash }, ...(problem === undefined ? {} : { problem }) };
};

/**
 * Is every entry, every case and every secret as it was last written? With `since`, only what was written after that
 * point: what stands before it is not looked at again. In small steps, so that whoever asks may do other things between
 * two of them; a case that is saved meanwhile is held to its newest seal.
 */
export function* verifyingSteps(db: Database, since?: VerifiedPoint): Generator<VerifyingStep, Verified> {
  const until = lastIssuedSequence(db);
  const start = startOf(db, since);
  let { link } = start;
  let problem = start.problem;
  const sealed: Sealed = {
    cases: new Map(),
    secrets: new Map(),
    meetings: new Map(),
    studies: new Map(),
    users: new Map(),
  };
  const entriesToRead = until - link.sequence;
  let entries = 0;
  for (;;) {
    const some = readAuditRange(db, link.sequence, until, AT_ONCE);
    for (const entry of some) {
      const next = linkOf(link, entry);
      problem ??= next.problem;
      link = next.link;
      addSeals(sealed, entry);
    }
    entries += some.length;
    if (some.length < AT_ONCE) break;
    yield { done: entries, total: 2 * entriesToRead };
  }
  problem ??= link.sequence === until ? undefined : `${link.sequence} of ${until} entries are there.`;

  const ids = new Set(sealed.cases.keys());
  if (!since) for (const _some of collectIds(db, ids)) yield { done: entries, total: 2 * entriesToRead };
  const damagedCases: string[] = [];
  const changedSince = db.prepare('SELECT 1 FROM audit_log WHERE case_id = ? AND sequence > ? LIMIT 1');
  let cases = 0;
  for (const id of ids) {
    const good = holds(db, id, sealed.cases.get(id)) || (changedSince.get(id, until) !== undefined && holdsNow(db, id));
    if (!good) damagedCases.push(id);
    cases += 1;
    yield { done: entriesToRead + (cases / ids.size) * entriesToRead, total: 2 * entriesToRead };
  }
  for (const entry of readAuditRange(db, until, Number.MAX_SAFE_INTEGER, AT_ONCE)) addSeals(sealed, entry);
  const secret = altered(storedSecrets(db), sealed.secrets, since === undefined);
  const meeting = altered(meetingSeals(db), sealed.meetings, since === undefined);
  const study = altered(studySeals(db), sealed.studies, since === undefined);
  const user = altered(userSeals(db), sealed.users, since === undefined);
  const found = firstProblem(problem, damagedCases, secret, meeting, study, user);
  const extent = { entries, cases, through: until, hash: link.hash };
  return found === undefined ? { intact: true, ...extent } : { intact: false, problem: found, damagedCases, ...extent };
}

export const verifyRecords = (db: Database): RecordsVerdict => {
  const steps = verifyingSteps(db);
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    const { intact, problem, damagedCases } = step.value;
    return intact
      ? { intact }
      : { intact, ...(problem === undefined ? {} : { problem }), damagedCases: damagedCases ?? [] };
  }
};
