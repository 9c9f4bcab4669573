/** Which write comes next, from what the folder holds. */
import { listBackups } from '../../src/main/cases/backup/make-backup.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import type { Random } from '../fuzz/random.ts';
import { type Kind, type Operation, weights } from './operations.ts';
import type { Folder } from './perform.ts';

const lot = (Object.entries(weights) as [Kind, number][]).flatMap(([kind, weight]) =>
  new Array<Kind>(weight).fill(kind),
);

/** At most so many of them in a folder: what is looked at after each kill is all of it. */
const MOST_CASES = 6;
const MOST_USERS = 4;

const OF_A_CASE: readonly Kind[] = [
  'save',
  'predict',
  'pictures',
  'relink',
  'trash',
  'restore',
  'erase-patient',
  'course',
  'response',
  'question',
  'decision',
  'reading',
];
/** Only a history that is open says what there is. */
const NEEDS_WHAT_IS_THERE: ReadonlySet<Kind> = new Set<Kind>([...OF_A_CASE, 'erase', 'import', 'user']);

const idsOf = (store: RecordsStore): string[] =>
  [false, true].flatMap((trashed) => store.list({ trashed, limit: 500 }).cases.map(({ id }) => id));

const importOf = ({ imports }: Folder, store: RecordsStore, n: number): Operation | undefined => {
  const known = new Set([...store.ids(), ...store.tombstones.map(({ case_id }) => case_id)]);
  const one = imports.find(({ id }) => !known.has(id));
  return one && { n, kind: 'import', id: one.id, there: one.there };
};

const userOf = (store: RecordsStore, n: number, random: Random): Operation => {
  // The first administrator stays one.
  const [, ...others] = store.users.list();
  if (others.length < MOST_USERS - 1) return { n, kind: 'user' };
  return { n, kind: 'user', user: random.pick(others).name };
};

/** Of a kind that the folder has what it needs for; another one in its place where it has not. */
export const planned = async (folder: Folder, n: number, random: Random): Promise<Operation> => {
  const { vault, backups } = folder;
  const kind = random.pick(lot);
  const chance = random.below(1_000);
  // A backup can be put back into a history that is closed, too, but not one that was never made.
  if (kind === 'put-back') return { n, kind: (await listBackups(backups)).length === 0 ? 'backup' : kind };
  // A history that is closed refuses whatever it is asked, and says why.
  if (vault.status().state !== 'open') return { n, kind: NEEDS_WHAT_IS_THERE.has(kind) ? 'create' : kind };
  const store = vault.store();
  if (kind === 'user') return userOf(store, n, random);
  const ids = idsOf(store);
  const id = ids[chance % Math.max(ids.length, 1)];
  if (kind === 'create' || kind === 'table' || kind === 'import') {
    if (ids.length >= MOST_CASES && id !== undefined) return { n, kind: 'save', id };
    return (
      (kind === 'import' ? importOf(folder, store, n) : undefined) ?? { n, kind: kind === 'import' ? 'create' : kind }
    );
  }
  if (kind === 'erase') {
    const [trashed] = store.list({ trashed: true, limit: 1 }).cases;
    if (trashed) return { n, kind, id: trashed.id };
    return id === undefined ? { n, kind: 'create' } : { n, kind: 'trash', id };
  }
  if (!OF_A_CASE.includes(kind)) return { n, kind };
  return id === undefined ? { n, kind: 'create' } : { n, kind, id };
};
