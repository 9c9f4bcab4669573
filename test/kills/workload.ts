/**
 * A process that writes to a data folder by every path until it is killed, telling before and after each write:
 * `node workload.ts FOLDER SEED FIRST COUNT [PASSPHRASE [UID]]`.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { toErrorShape } from '#shared/errors.ts';
import { listBackups } from '../../src/main/cases/backup/make-backup.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { Vault } from '../../src/main/cases/vault.ts';
import { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { type Random, seeded } from '../fuzz/random.ts';
import { fakeKeychain } from '../unit/main/cases/fake-keychain.ts';
import {
  courseOf,
  inputsOf,
  type Kind,
  type Operation,
  passphraseOf,
  picturesOf,
  predictionOf,
  settingsOf,
  type Told,
  timeOfBackup,
  weights,
} from './operations.ts';

const tell = (told: Told): void => {
  writeSync(1, `${JSON.stringify(told)}\n`);
};

interface Folder {
  /** Where backups lie. */
  backups: string;
  vault: Vault;
  settings: SettingsStore;
  passphrase: string | undefined;
}

type Done = { id?: string; value?: string };

const saved = (store: RecordsStore, { n, id }: Operation, more: object): Done => ({
  id: store.save({ ...inputsOf(n), ...(id ? { caseId: id } : {}), ...more }, 'a').id,
});

const work: Record<Kind, (folder: Folder, operation: Operation) => Done | Promise<Done>> = {
  create: ({ vault }, one) => saved(vault.store(), one, { prediction: predictionOf(one.n), ...picturesOf(one.n) }),
  save: ({ vault }, one) => saved(vault.store(), one, {}),
  predict: ({ vault }, one) => saved(vault.store(), one, { prediction: predictionOf(one.n) }),
  pictures: ({ vault }, one) => saved(vault.store(), one, picturesOf(one.n)),
  trash: ({ vault }, { id = '' }) => {
    vault.store().trash(id, 'a');
    return { id };
  },
  restore: ({ vault }, { id = '' }) => {
    vault.store().restore(id, 'a');
    return { id };
  },
  erase: ({ vault }, { id = '' }) => {
    vault.store().erase(id, 'request', 'a');
    return { id };
  },
  course: ({ vault }, { n, id = '' }) => {
    const { revisions } = vault.store().course(id);
    vault.store().writeCourse(id, courseOf(n, revisions), { actor: 'a' });
    return { id };
  },
  backup: async ({ vault, backups }, { n }) => {
    await vault.backup({ folder: backups, now: timeOfBackup(n) });
    return {};
  },
  'put-back': async ({ vault, backups }) => {
    const [newest] = await listBackups(backups);
    if (!newest) throw new Error('planned without a backup');
    await vault.restore(join(backups, newest.name), newest, { made: newest.at });
    return {};
  },
  record: ({ vault }, { n }) => {
    vault.store().record({ action: 'something.done', caseId: null, detail: { n } }, 'a');
    return {};
  },
  secret: ({ vault }, { n }) => ({ value: Buffer.from(vault.store().secret(`secret-${n}`)).toString('hex') }),
  passphrase: async (folder, { n }) => {
    const passphrase = passphraseOf(n);
    const known = { current: folder.passphrase };
    const recoveryKey = await folder.vault.newRecoveryKey(known);
    await folder.vault.rekey({ ...known, passphrase, recoveryKey });
    folder.passphrase = passphrase;
    return {};
  },
  setting: ({ settings }, { n }) => {
    settings.set(settingsOf(n));
    return {};
  },
  lock: async ({ vault }) => {
    await vault.lock();
    await vault.unlock({});
    return {};
  },
  salvage: async ({ vault }) => {
    await vault.salvage('a');
    return {};
  },
};

const lot = (Object.entries(weights) as [Kind, number][]).flatMap(([kind, weight]) =>
  new Array<Kind>(weight).fill(kind),
);

const idsOf = (store: RecordsStore): string[] =>
  [false, true].flatMap((trashed) => store.list({ trashed, limit: 500 }).cases.map(({ id }) => id));

/** At most so many cases in a folder: what is looked at after each kill is all of it. */
const MOST_CASES = 6;

const planned = async ({ vault, backups }: Folder, n: number, random: Random): Promise<Operation> => {
  const kind = random.pick(lot);
  const isOpen = vault.status().state === 'open';
  const ids = isOpen ? idsOf(vault.store()) : [];
  if (kind === 'create')
    return ids.length < MOST_CASES ? { n, kind } : { n, kind: 'save', id: ids[n % ids.length] ?? '' };
  const id = ids.length > 0 ? random.pick(ids) : undefined;
  if (kind === 'erase') {
    const [trashed] = isOpen ? vault.store().list({ trashed: true, limit: 1 }).cases : [];
    if (trashed) return { n, kind, id: trashed.id };
    return id === undefined ? { n, kind: 'create' } : { n, kind: 'trash', id };
  }
  if (kind === 'put-back' && (await listBackups(backups)).length === 0) return { n, kind: 'backup' };
  if (/^(save|predict|pictures|trash|restore|course)$/.test(kind))
    return id === undefined ? { n, kind: 'create' } : { n, kind, id };
  return { n, kind };
};

/** What is not foreseen is a fault of its own: its text says which. */
const refusal = (error: unknown): { code: string; detail: string } => ({
  code: toErrorShape(error).code,
  detail: error instanceof Error ? error.message : String(error),
});

const main = async (): Promise<void> => {
  const [folder = '', seed = '0', first = '0', count = '0', passphrase = '', uid] = process.argv.slice(2);
  // What is loaded late must be there before the rights are given up.
  new BetterSqlite(':memory:').close();
  if (uid) process.setuid?.(Number(uid));
  tell({ at: 'loaded' });
  const random = seeded(Number(seed));
  const vault = new Vault({ folder, keychain: fakeKeychain() });
  await vault.start();
  if (vault.status().state === 'new') {
    await vault.create({});
    tell({ at: 'created' });
  }
  const { state, code } = vault.status();
  tell({ at: 'opened', state, code });
  const settings = new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' });
  const open: Folder = { vault, settings, passphrase: passphrase || undefined, backups: join(folder, 'backups') };
  for (let n = Number(first); n < Number(first) + Number(count); n++) {
    const operation = await planned(open, n, random);
    tell({ at: 'start', ...operation });
    try {
      tell({ at: 'done', n, ...(await work[operation.kind](open, operation)) });
    } catch (error) {
      tell({ at: 'refused', n, kind: operation.kind, ...refusal(error) });
      // A locked or unopened history is tried again, as a person would.
      if (vault.status().state !== 'open') await vault.unlock({}).catch(() => undefined);
    }
  }
  vault.close();
  tell({ at: 'end' });
};

main().catch((error: unknown) => {
  tell({ at: 'refused', n: -1, ...refusal(error) });
});
