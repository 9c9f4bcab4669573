/** Looks at a data folder as the next start finds it, and says what is not there that has to be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorShape } from '#shared/errors.ts';
import { backupName } from '../../src/main/cases/backup/backup-names.ts';
import { listBackups } from '../../src/main/cases/backup/make-backup.ts';
import { keysSchema } from '../../src/main/cases/keys/keys-file.ts';
import { unwrapWithPassphrase } from '../../src/main/cases/keys/passphrase-wrapping.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { Vault } from '../../src/main/cases/vault.ts';
import { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { fakeKeychain } from '../unit/main/cases/fake-keychain.ts';
import { passphraseOf, settingsOf, timeOfBackup } from './contents.ts';
import { after, type Expected } from './expected.ts';
import { differences, expectedFacts, type Facts, foundFacts, secretsIn } from './facts.ts';
import type { Operation } from './operations.ts';

/** Every backup that is listed can be restored. */
const damagedBackups = async (vault: Vault, folder: string): Promise<{ newest: string; problems: string[] }> => {
  const backups = join(folder, 'backups');
  const listed = await listBackups(backups);
  const problems: string[] = [];
  for (const one of listed) {
    await vault
      .lossOf(join(backups, one.name), one)
      .catch((error: unknown) => problems.push(`backup ${one.name}: ${toErrorShape(error).code}`));
  }
  return { newest: listed[0]?.name ?? '', problems };
};

const passphraseFits = async (folder: string, n: number): Promise<boolean> => {
  const keys = keysSchema.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')));
  return Boolean(keys.passphrase && (await unwrapWithPassphrase(keys.passphrase, passphraseOf(n), keys.storeId)));
};

/** Of which write the passphrase is that holds: 0 for a folder without one, undefined where none of them fits. */
const passphraseOfFolder = async (folder: string, newestFirst: readonly Expected[]): Promise<number | undefined> => {
  for (const n of new Set(newestFirst.map(({ passphrase }) => passphrase))) {
    if (n === undefined) return 0;
    if (await passphraseFits(folder, n)) return n;
  }
  return undefined;
};

export interface Found {
  problems: string[];
  /** What the folder has to hold from here on. */
  now: Expected;
}

/** A case that was begun and not acknowledged has an id that nobody was told: no other one is unknown. */
const idOfUntold = (store: RecordsStore, before: Expected, { id }: Operation): string | undefined =>
  id ?? store.ids().find((one) => !before.cases.has(one));

/** As the folder is now, if the write under way was made. */
const madeAfterAll = (store: RecordsStore, before: Expected, untold: Operation): Expected => {
  const id = idOfUntold(store, before, untold);
  const value = untold.kind === 'secret' ? secretsIn(store).get(`secret-${untold.n}`) : undefined;
  return after(before, untold, { ...(id === undefined ? {} : { id }), ...(value === undefined ? {} : { value }) });
};

const expectedOfFolder = (expected: Expected): Facts =>
  new Map([
    ...expectedFacts(expected),
    ['newest backup', expected.backup ? backupName(timeOfBackup(expected.backup.n)) : ''],
    ['settings of', expected.setting === undefined ? '' : settingsOf(expected.setting).userName],
    ['passphrase of', expected.passphrase ?? 0],
  ]);

/** All that was found has to be of one of the states: as before the write under way, or as after it. */
const judged = async (
  folder: string,
  vault: Vault,
  before: Expected,
  untold: Operation | undefined,
): Promise<Found> => {
  const store = vault.store();
  const done = untold && madeAfterAll(store, before, untold);
  const states = done ? [done, before] : [before];
  const settings = new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' });
  const passphrase =
    untold?.kind === 'passphrase' ? await passphraseOfFolder(folder, states) : (before.passphrase ?? 0);
  const backups = await damagedBackups(vault, folder);
  const found: Facts = new Map([
    ...foundFacts(store, before),
    ['newest backup', backups.newest],
    ['settings of', settings.get().userName],
    ['passphrase of', passphrase ?? 'none of them'],
  ]);
  const verdict = store.verify();
  const whole = [
    ...backups.problems,
    ...(verdict.intact ? [] : [`verification: ${verdict.problem}`]),
    ...(settings.problem ? [`settings: ${settings.problem.code}`] : []),
  ];
  const differing = states.map((state) => ({ state, problems: differences(found, expectedOfFolder(state)) }));
  const fitting = differing.find(({ problems }) => problems.length === 0);
  return {
    problems: [...(fitting ? [] : differing.flatMap(({ problems }) => problems)), ...whole],
    now: { ...(fitting?.state ?? before), created: true },
  };
};

/**
 * `untold`: the write under way at the end, which may have been made or not. `isStopped`: its process is still there, and a
 * history that it is just beginning is left to it.
 */
export const look = async (
  folder: string,
  before: Expected,
  untold: Operation | undefined,
  isStopped = false,
): Promise<Found> => {
  const vault = new Vault({ folder, keychain: fakeKeychain() });
  try {
    await vault.start();
    const { state, code, message } = vault.status();
    if (state === 'new' && !before.created) return { problems: [], now: before };
    if (state !== 'open') return { problems: [`the history is ${state}: ${code} ${message}`], now: before };
    if (code === 'records-file-missing' && (before.created || !isStopped))
      return { problems: ['records.db is gone'], now: before };
    if (code === 'records-damaged') return { problems: ['the history is damaged'], now: before };
    return await judged(folder, vault, before, untold);
  } finally {
    vault.close();
  }
};
