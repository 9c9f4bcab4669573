/** Looks at a data folder as the next start finds it, and says what is not there that has to be. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedCase } from '#shared/cases/case.ts';
import { keysSchema } from '../../src/main/cases/keys/keys-file.ts';
import { unwrapWithPassphrase } from '../../src/main/cases/keys/passphrase-wrapping.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { Vault } from '../../src/main/cases/vault.ts';
import { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { fakeKeychain } from '../unit/main/cases/fake-keychain.ts';
import { after, type Expected, type ExpectedCase, noteOfCase, userNameOf } from './expected.ts';
import { noteOf, type Operation, passphraseOf } from './operations.ts';

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

/** Problems of the cases against one of the states that they may be in. */
const casesOf = (store: RecordsStore, states: readonly Expected[]): string[] => {
  const problems: string[] = [];
  const ids = idsIn(store);
  for (const id of new Set([...ids, ...states.flatMap(({ cases }) => [...cases.keys()])])) {
    const may = states.map(({ cases }) => cases.get(id));
    if (!ids.includes(id)) {
      if (may.every((one) => one !== undefined)) problems.push(`case ${id} is gone`);
      continue;
    }
    const found = store.get(id);
    if (!may.some((one) => one && same(expectedCaseOf(one), caseOf(found)))) {
      problems.push(
        `case ${id} is ${JSON.stringify(caseOf(found))}, not ${JSON.stringify(may.map((one) => one && expectedCaseOf(one)))}`,
      );
    }
    problems.push(...damagedPictures(store, found));
  }
  return problems;
};

const entriesOf = (store: RecordsStore, states: readonly Expected[]): string[] => {
  const found = store
    .audit()
    .entries.filter(({ action }) => action === 'something.done')
    .map(({ detail }) => Number(detail.n));
  return states.some(({ records }) => same(records, found)) ? [] : [`entries are ${found.join(' ')}`];
};

const secretsOf = (store: RecordsStore, { secrets }: Expected): string[] =>
  [...secrets]
    .filter(([name, value]) => Buffer.from(store.secret(name)).toString('hex') !== value)
    .map(([name]) => `${name} is another one`);

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
  store: RecordsStore,
  before: Expected,
  untold: Operation | undefined,
): Promise<Found> => {
  const id = untold && idOfUntold(store, untold);
  const done = untold && after(before, untold, id === undefined ? {} : { id });
  const states = done ? [before, done] : [before];
  const settings = new SettingsStore({ file: join(folder, 'settings.json'), locale: 'en', userName: '' });
  const { userName } = settings.get();
  const setting = states.find((one) => userNameOf(one.setting) === userName);
  const mayHaveNew = untold?.kind === 'passphrase';
  const passphrase = mayHaveNew ? await passphraseOfFolder(folder, [...states].reverse()) : before.passphrase;
  const verdict = store.verify();
  const problems = [
    ...casesOf(store, states),
    ...entriesOf(store, states),
    ...secretsOf(store, before),
    ...(setting ? [] : [`settings are of ${userName}`]),
    ...(passphrase === false ? ['no passphrase fits'] : []),
    ...(verdict.intact ? [] : [`verification: ${verdict.problem}`]),
    ...(settings.problem ? [`settings: ${settings.problem.code}`] : []),
  ];
  return {
    problems,
    now: { ...present(store, done ?? before, before), setting: setting?.setting, passphrase: passphrase || undefined },
  };
};

/** Of the two, per case, the one that is there. */
const present = (store: RecordsStore, done: Expected, before: Expected): Expected => {
  const cases = new Map<string, ExpectedCase>();
  for (const id of idsIn(store)) {
    const found = JSON.stringify(caseOf(store.get(id)));
    const one = [done.cases.get(id), before.cases.get(id)].find(
      (candidate) => candidate && JSON.stringify(expectedCaseOf(candidate)) === found,
    );
    if (one) cases.set(id, one);
  }
  const records = store
    .audit()
    .entries.filter(({ action }) => action === 'something.done')
    .map(({ detail }) => Number(detail.n));
  return { ...before, created: true, cases, records };
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
    return await settled(folder, vault.store(), before, untold);
  } finally {
    vault.close();
  }
};
