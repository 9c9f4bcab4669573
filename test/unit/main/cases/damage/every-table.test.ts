import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { salvage } from '../../../../../src/main/cases/damage/salvage.ts';
import { migrations } from '../../../../../src/main/cases/file/migrations/index.ts';
import { PAGE_BYTES } from '../../../../../src/main/cases/file/page-cipher.ts';
import { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { schemaName } from '../../../../fixtures/records/schema-name.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { expectedOf, keyOf, recordFixtures } from '../record-fixtures.ts';

/** One page in so many is tried; 1 tries them all. */
const SHARE = Number(process.env.HAICAST_FLIP_SHARE ?? 8);
const REFUSED = 'refused';
/** What a person may be told of damage. */
const TOLD = /^records-corrupt$|^records-damaged$|^case-unreadable$/;

const newestFixture = (): string => {
  const name = schemaName(migrations.at(-1)?.version ?? 0);
  const fixture = recordFixtures().find((one) => one.name === name);
  if (!fixture) throw new Error(`no fixture of ${name}`);
  return fixture.folder;
};

const orRefused = <T>(read: () => T): T | typeof REFUSED => {
  try {
    return read();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(TOLD) });
    return REFUSED;
  }
};

/** Everything that the records hold, each part by its name: as it is, or refused. */
const contentsOf = (store: RecordsStore, ids: readonly string[]): Map<string, unknown> =>
  new Map<string, unknown>([
    ...ids.flatMap((id): [string, unknown][] => [
      [`case ${id}`, orRefused(() => store.get(id))],
      [`course of ${id}`, orRefused(() => store.course(id))],
      [`board of ${id}`, orRefused(() => store.boardHistory(id))],
      [`readings of ${id}`, orRefused(() => store.readings(id))],
      [`pictures of ${id}`, orRefused(() => picturesOf(store, id))],
    ]),
    ['meetings', orRefused(() => store.meetings())],
    ['reader studies', orRefused(() => store.readerStudies())],
    ['users', orRefused(() => store.users.rows())],
    ['tombstones', orRefused(() => store.tombstones)],
    ['former keys', orRefused(() => store.formerKeys().map((key) => Buffer.from(key).toString('hex')))],
  ]);

const picturesOf = (store: RecordsStore, id: string): string[] =>
  [...store.get(id).keyImages, ...store.course(id).images.flatMap(({ images }) => images)].map((image) =>
    Buffer.from(store.picture(id, image.id).bytes).toString('hex'),
  );

const flip = (file: string, at: number): void => {
  const handle = openSync(file, 'r+');
  const octet = new Uint8Array(1);
  readSync(handle, octet, 0, 1, at);
  writeSync(handle, Uint8Array.of((octet[0] ?? 0) ^ 0x04), 0, 1, at);
  closeSync(handle);
};

const opened = (file: string, key: Uint8Array): RecordsStore | undefined => {
  try {
    return new RecordsStore({ file, key });
  } catch (error) {
    expect(error).toMatchObject({ code: 'records-corrupt' });
    return undefined;
  }
};

const refusedIn = (contents: ReadonlyMap<string, unknown>): string[] =>
  [...contents].filter(([, found]) => found === REFUSED).map(([name]) => name);

const copyOfFixture = async () => {
  const fixture = newestFixture();
  const file = join(temporaryFolder(), 'records.db');
  copyFileSync(join(fixture, 'records.db'), file);
  const key = await keyOf(fixture);
  const ids = expectedOf(fixture).cases.map(({ id }) => id);
  const store = new RecordsStore({ file, key });
  const whole = contentsOf(store, ids);
  store.close();
  expect(refusedIn(whole)).toStrictEqual([]);
  return { file, key, ids, whole };
};

test('one flipped bit anywhere among cases, courses, pictures, meetings, decisions and users is noticed, and never read as something else', async () => {
  const { file, key, ids, whole } = await copyOfFixture();
  const before = readFileSync(file);
  const pages = Array.from({ length: statSync(file).size / PAGE_BYTES }, (_, index) => index + 1);
  const unopened: number[] = [];
  const refused = new Set<string>();
  for (const page of pages.filter((number) => number < 3 || number % SHARE === 0)) {
    writeFileSync(file, before);
    rmSync(`${file}-check`, { force: true });
    flip(file, (page - 1) * PAGE_BYTES + ((page * 977 + 41) % PAGE_BYTES));
    const store = opened(file, key);
    if (!store) {
      unopened.push(page);
      continue;
    }
    const verdict = await store.check({ scope: 'whole', actor: 'a' });
    expect(verdict, `page ${page}`).toMatchObject({ intact: false });
    const contents = contentsOf(store, ids);
    for (const [name, found] of contents) {
      if (found !== REFUSED) expect(found, `page ${page}: ${name}`).toStrictEqual(whole.get(name));
    }
    const gone = refusedIn(contents);
    for (const name of gone) refused.add(name);
    if (gone.length === contents.size) unopened.push(page);
    // A page of small rows holds those of many of so few cases, and never of all.
    else expect(gone.filter((name) => name.startsWith('case ')).length, `page ${page}`).toBeLessThan(ids.length);
    store.close();
  }
  // Only pages that say which tables there are keep everything from being read: `salvage` mends those.
  expect(unopened).toContain(1);
  expect(unopened.length).toBeLessThan(10);
  expect(refused.size).toBeGreaterThan(0);
});

test('mending gives back everything that one wrong bit kept from being read, and it verifies', async () => {
  const { file, key, ids, whole } = await copyOfFixture();
  const pages = statSync(file).size / PAGE_BYTES;
  flip(file, Math.floor(pages / 2) * PAGE_BYTES + 40);
  const { lost } = await salvage({ file, key }, { at: '2024-02-02T03:04:05Z', actor: 'a' });
  expect(lost).toStrictEqual([]);
  const store = new RecordsStore({ file, key });
  const after = contentsOf(store, ids);
  for (const [name, found] of whole) expect(after.get(name), name).toStrictEqual(found);
  expect(store.verify()).toStrictEqual({ intact: true });
  store.close();
});
