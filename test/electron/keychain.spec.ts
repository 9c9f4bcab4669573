/** The record key and a real Secret Service: kept there, lost there, denied there, and refused to what is no keychain. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect } from './fixtures.ts';
import { type Keyring, keyringProblem, startKeyring } from './keyring.ts';

const SWITCH = '--password-store=gnome-libsecret';

const test = base.extend<{ keyring: () => Promise<Keyring> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern
  keyring: async ({}, use) => {
    const problem = keyringProblem();
    base.skip(problem !== undefined, problem);
    const started: Keyring[] = [];
    await use(async () => {
      const keyring = await startKeyring();
      started.push(keyring);
      return keyring;
    });
    for (const keyring of started) await keyring.stop();
  },
});

interface Status {
  state: string;
  keeper: string;
  code?: string;
  passphraseNeeded?: boolean;
}
type Reply<T> = { ok: boolean; value: T; error?: { code: string } };

const call = <T>(page: Page, name: string, input: object): Promise<Reply<T>> =>
  page.evaluate(`window.haicast.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
const status = async (page: Page) => (await call<Status>(page, 'records.status', {})).value;
const create = (page: Page, input: object = {}) =>
  call<{ status: Status; recoveryKey: string }>(page, 'records.create', input);

test('the key of the records lives in the keychain: opened again without a question', async ({
  launch,
  keyring,
  dataFolder,
}) => {
  const { env } = await keyring();
  const first = await launch({ env, switches: [SWITCH] });
  await first.page.locator('header').waitFor();
  expect(await first.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe(
    'gnome_libsecret',
  );
  expect(await status(first.page)).toMatchObject({ state: 'new', passphraseNeeded: false });
  const created = await create(first.page);
  expect(created.value.status).toMatchObject({ state: 'open', keeper: 'keychain' });
  await first.close();

  const keys = await readFile(join(dataFolder, 'keys.json'), 'utf8');
  expect(keys).not.toContain(created.value.recoveryKey);
  expect((await readFile(join(dataFolder, 'records.db'))).subarray(0, 6).toString('latin1')).not.toBe('SQLite');

  const second = await launch({ env, switches: [SWITCH] });
  await second.page.locator('header').waitFor();
  expect(await status(second.page)).toMatchObject({ state: 'open', keeper: 'keychain' });
});

test('a lost keychain entry leads to the recovery key, not to data loss', async ({ launch, keyring }) => {
  const lost = await keyring();
  const first = await launch({ env: lost.env, switches: [SWITCH] });
  await first.page.locator('header').waitFor();
  const { recoveryKey } = (await create(first.page)).value;
  await first.close();

  // Another keyring: the entry of the first is not in it, as after a new machine or a deleted entry.
  const other = await keyring();
  const second = await launch({ env: other.env, switches: [SWITCH] });
  await second.page.locator('header').waitFor();
  expect(await status(second.page)).toMatchObject({ state: 'locked', code: 'keychain-lost' });
  expect(await call(second.page, 'records.unlock', { recoveryKey })).toMatchObject({
    ok: true,
    value: { state: 'open' },
  });
  await second.close();

  // The recovery gave the key to the new keychain.
  const third = await launch({ env: other.env, switches: [SWITCH] });
  await third.page.locator('header').waitFor();
  expect(await status(third.page)).toMatchObject({ state: 'open', keeper: 'keychain' });
});

test('a keyring that is not there leaves the records locked and says so', async ({ launch, keyring }) => {
  const { env } = await keyring();
  const first = await launch({ env, switches: [SWITCH] });
  await first.page.locator('header').waitFor();
  const { recoveryKey } = (await create(first.page)).value;
  await first.close();

  const second = await launch({ switches: ['--password-store=basic'] });
  await second.page.locator('header').waitFor();
  expect(await status(second.page)).toMatchObject({ state: 'locked', code: 'keychain-unavailable' });
  expect(await call(second.page, 'cases.list', {})).toMatchObject({ ok: false });
  expect(await call(second.page, 'records.unlock', { recoveryKey })).toMatchObject({ ok: true });
});

test('basic_text is no keychain: the key is not given to it, a passphrase is asked for', async ({
  launch,
  dataFolder,
}) => {
  const { app, page } = await launch({ switches: ['--password-store=basic'] });
  await page.locator('header').waitFor();
  expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('basic_text');
  expect(await status(page)).toMatchObject({ state: 'new', passphraseNeeded: true });
  expect(await create(page)).toMatchObject({ ok: false, error: { code: 'passphrase-required' } });
  const created = await create(page, { passphrase: 'correct horse battery' });
  expect(created.value.status).toMatchObject({ state: 'open', keeper: 'passphrase' });
  expect(JSON.parse(await readFile(join(dataFolder, 'keys.json'), 'utf8'))).not.toHaveProperty('keychain');
});

test('recent studies are kept, encrypted by the keychain', async ({ launch, keyring, dataFolder }) => {
  const { env } = await keyring();
  const demo = join(import.meta.dirname, '../../resources/demo/study');
  const first = await launch({ env, switches: [SWITCH] });
  await first.page.locator('header').waitFor();
  expect(await call(first.page, 'study.open', { path: demo, jobId: 'open' })).toMatchObject({ ok: true });
  await first.close();
  const kept = await readFile(join(dataFolder, 'recent.bin'));
  expect(kept.length).toBeGreaterThan(20);
  expect(Buffer.from(kept.toString(), 'base64').includes('demo/study')).toBe(false);

  const second = await launch({ env, switches: [SWITCH] });
  await second.page.locator('header').waitFor();
  const labels = await second.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.getMenuItemById('recent')
      ?.submenu?.items.map((item) => item.label),
  );
  expect(labels).toContain('study');
});
