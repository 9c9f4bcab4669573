/** Looks at a data folder as the next start finds it, and says what is not there that has to be. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedCase } from '#shared/cases/case.ts';
import { toErrorShape } from '#shared/errors.ts';
import { backupName } from '../../src/main/cases/backup/backup-names.ts';
import { listBackups } from '../../src/main/cases/backup/make-backup.ts';
import { keysSchema } from '../../src/main/cases/keys/keys-file.ts';
import { unwrapWithPassphrase } from '../../src/main/cases/keys/passphrase-wrapping.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { Vault } from '../../src/main/cases/vault.ts';
import { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { fakeKeychain } from '../unit/main/cases/fake-keychain.ts';
import { after, type Expected, type ExpectedCase, noteOfCase, userNameOf } from './expected.ts';
import { noteOf, type Operation, passphraseOf, timeOfBackup } from './operations.ts';

const caseOf = ({ note, predictions, predictionOutdated, keyImages, trashedAt }: SavedCase) => ({
  note,
  predictions: predictions.map(({ id }) => id),
  outdated: predictionOutdated ?? false,
  pictures: keyImages.map(({ id }) => id).sort(),
  trashed: trashedAt !== null,
});

const expectedCaseOf = (one: ExpectedCase) => ({
  note: noteOfCase(one),
  predictions: one.predictions.map((n) => `prediction-${n}`),
  outdated: one.outdated,
  pictures: [...one.pictures].sort(),
  trashed: one.trashed,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const damagedPictures = (store: RecordsStore, { id, keyImages }: SavedCase): string[] =>
  keyImages
    .filter((image) => createHash('sha256').update(store.picture(id, image.id).bytes).digest('hex') !== image.id)
    .map((image) => `picture ${image.id} of ${id}`);

const idsIn = (store: RecordsStore): string[] =>
  [false, true].flatMap((trashed) => store.list({ trashed, limit: 500 }).cases.map(({ id }) => id));

/** The notes of the two cycles of a course: both are of one write. */
const cyclesOf = (store: RecordsStore, id: string): string[] => store.course(id).cycles.map(({ note }) => note ?? '');

const caseProblems = (store: RecordsStore, id: string, one: ExpectedCase | undefined): string[] => {
  if (!one) return [`case ${id} is there`];
  const found = store.get(id);
  const cycles = one.course === undefined ? [] : [noteOf(one.course), noteOf(one.course)];
  return [
    ...(same(expectedCaseOf(one), caseOf(found))
      ? []
      : [`case ${id} is ${JSON.stringify(caseOf(found))}, not ${JSON.stringify(expectedCaseOf(one))}`]),
    ...(same(cyclesOf(store, id), cycles) ? [] : [`course of ${id} is ${cyclesOf(store, id)}, not ${cycles}`]),
  ];
};

const entriesIn = (store: RecordsStore): number[] =>
  store
    .audit()
    .entries.filter(({ action }) => action === 'something.done')
    .map(({ detail }) => Number(detail.n));

/** Those that the writes made; a history that was given a new key keeps the former one beside them. */
const secretsIn = (store: RecordsStore): [string, string][] =>
  store.compare(
    (db) =>
      db
        .prepare(`SELECT name, lower(hex(value)) FROM secrets WHERE name LIKE 'secret-%' ORDER BY name`)
        .raw()
        .all() as [string, string][],
  );

const sorted = <T>(values: Iterable<T>): T[] => [...values].sort();

/** What of the records is not as one of the states has it: all of it has to be of the same one. */
const recordsProblems = (store: RecordsStore, { cases, records, secrets, erased }: Expected): string[] => {
  const ids = idsIn(store);
  const gone = [...cases.keys()].filter((id) => !ids.includes(id)).map((id) => `case ${id} is gone`);
  const buried = store.tombstones.map(({ case_id }) => case_id);
  const entries = entriesIn(store);
  return [
    ...gone,
    ...ids.flatMap((id) => caseProblems(store, id, cases.get(id))),
    ...(same(records, entries) ? [] : [`entries are ${entries.join(' ')}, not ${records.join(' ')}`]),
    ...(same(sorted(secrets), secretsIn(store)) ? [] : ['the secrets are other ones']),
    ...(same(sorted(erased), sorted(buried)) ? [] : [`erased are ${buried}, not ${[...erased]}`]),
  ];
};

/** Every backup that is listed can be restored, and the newest is the one that was acknowledged last. */
const backupProblems = async (vault: Vault, folder: string, { backup }: Expected): Promise<string[]> => {
  const backups = join(folder, 'backups');
  const listed = await listBackups(backups);
  const problems: string[] = [];
  for (const one of listed) {
    await vault
      .lossOf(join(backups, one.name), one)
      .catch((error: unknown) => problems.push(`backup ${one.name}: ${toErrorShape(error).code}`));
  }
  const wanted = backup && backupName(timeOfBackup(backup.n));
  return listed[0]?.name === wanted ? problems : [...problems, `backup ${listed[0]?.name}, not ${wanted}`];
};

const passphraseFits = async (folder: string, n: number): Promise<boolean> => {
  const keys = keysSchema.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')));
  return Boolean(keys.passphrase && (await unwrapWithPassphrase(keys.passphrase, passphraseOf(n), keys.storeId)));
};

/** The one of the states that the folder is in; all that do not differ in what was found. */
const passphraseOfFolder = async (folder: string, states: readonly Expected[]): Promise<number | undefined | false> => {
  for (const n of new Set(states.map(({ passphrase }) => passphrase))) {
    if (n === undefined || (await passphraseFits(folder, n))) return n;
  }
  return false;
};

export interface Found {
  problems: string[];
  /** What the folder has to hold from here on. */
  now: Expected;
}

/** A case that was begun and not acknowledged has an id that nobody was told: its note says which write it is of. */
const idOfUntold = (store: RecordsStore, { n, id }: Operation): string | undefined =>
  id ?? idsIn(store).find((one) => store.get(one).note === noteOf(n));

const settled = async (
  folder: string,
  vault: Vault,
  before: Expected,
  untold: Operation | undefined,
): Promise<Found> => {
  const store = vault.store();
  const id = untold && idOfUntold(store, untold);
  const value = untold?.kind === 'secret' ? new Map(secretsIn(store)).get(`secret-${untold.n}`) : undefined;
  const done =
    untold && after(before, untold, { ...(id === undefined ? {} : { id }), ...(value === undefined ? {} : { value }) });
  const states = done ? [before, done] : [before];
  const settings = new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' });
  const { userName } = settings.get();
  const passphrase =
    untold?.kind === 'passphrase' ? await passphraseOfFolder(folder, [...states].reverse()) : before.passphrase;
  const judged = await Promise.all(
    states.map(async (now) => ({
      now,
      problems: [
        ...recordsProblems(store, now),
        ...(await backupProblems(vault, folder, now)),
        ...(userNameOf(now.setting) === userName ? [] : [`settings are of ${userName}`]),
        ...(passphrase === now.passphrase ? [] : ['the passphrase is another one']),
      ],
    })),
  );
  const verdict = store.verify();
  const pictures = idsIn(store).flatMap((one) => damagedPictures(store, store.get(one)));
  const whole = [
    ...pictures,
    ...(passphrase === false ? ['no passphrase fits'] : []),
    ...(verdict.intact ? [] : [`verification: ${verdict.problem}`]),
    ...(settings.problem ? [`settings: ${settings.problem.code}`] : []),
  ];
  const fitting = judged.find(({ problems }) => problems.length === 0);
  return {
    problems: [...(fitting ? [] : judged.flatMap(({ problems }) => problems)), ...whole],
    now: { ...(fitting?.now ?? before), created: true },
  };
};

/** `untold`: the write under way at the end, which may have been made or not. */
export const look = async (folder: string, before: Expected, untold: Operation | undefined): Promise<Found> => {
  const vault = new Vault({ folder, keychain: fakeKeychain() });
  try {
    await vault.start();
    const { state, code, message } = vault.status();
    if (state === 'new' && !before.created) return { problems: [], now: before };
    if (state !== 'open') return { problems: [`the history is ${state}: ${code} ${message}`], now: before };
    if (code === 'records-file-missing' && before.created) return { problems: ['records.db is gone'], now: before };
    if (code === 'records-damaged') return { problems: ['the history is damaged'], now: before };
    return await settled(folder, vault, before, untold);
  } finally {
    vault.close();
  }
};
