/** What may go wrong around the application: each a clear message and a way on. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { passingFolders } from '../../src/main/files/private-folder.ts';
import { ownDisplay } from '../e2e/hosts/displays.ts';
import { CasePage } from '../e2e/pages/case-page.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { expect, test } from './fixtures.ts';

const PASSPHRASE = 'correct horse battery';

type Reply<T> = { ok: boolean; value: T; error?: { code: string; message: string } };
const call = <T>(page: Page, name: string, input: object): Promise<Reply<T>> =>
  page.evaluate(`window.haicast.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`);

test('a corrupt settings file is set aside and the usual settings hold', async ({ launch, dataFolder }) => {
  await writeFile(join(dataFolder, 'settings.json'), '{"language":');
  await writeFile(join(dataFolder, 'window.json'), '{"x":"no"}');
  const { page } = await launch();
  await page.locator('header').waitFor();
  expect(await call(page, 'settings.get', {})).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect((await readdir(dataFolder)).some((name) => name.startsWith('settings.json.damaged-'))).toBe(true);
});

test('what an earlier start left of studies and copies is gone', async ({ launch, dataFolder }) => {
  const left = Object.values(passingFolders(dataFolder)).map((folder) => join(folder, String(process.pid)));
  for (const folder of left) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'scan.dcm'), 'of a patient');
  }
  const { page } = await launch();
  await page.locator('header').waitFor();
  expect(left.filter((folder) => existsSync(folder))).toEqual([]);
});

/** Mounts a small file system of its own; undefined where this user may not. */
const mountSmall = async (options: string): Promise<{ folder: string; release: () => void } | undefined> => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'haicast-mount-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder]).status !== 0) return undefined;
  return { folder, release: () => void spawnSync('umount', ['-l', folder]) };
};

const messageOf = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as { said?: { message: string; detail: string; buttons: string[] } }).said);

test('a data folder that cannot be written is named, and another one can be chosen', async ({ launch, dataFolder }) => {
  // A file where the folder should be: no right in the world makes it writable.
  const blocked = join(dataFolder, 'blocked');
  await writeFile(blocked, '');
  const running = await launch();
  const facts = await running.app.evaluate(({ app }) => ({
    executable: process.execPath,
    path: app.getAppPath(),
    packed: app.isPackaged,
  }));
  await running.close();
  test.skip(facts.packed, 'a packed application starts no other main module');
  // Starts the application's own main module after its message box was given an answer.
  const wrapper = join(dataFolder, 'wrapper');
  await mkdir(wrapper);
  await writeFile(
    join(wrapper, 'package.json'),
    '{"name":"haicast","version":"0.0.0","type":"module","main":"main.mjs"}',
  );
  await writeFile(
    join(wrapper, 'main.mjs'),
    `import { dialog } from 'electron';
     dialog.showMessageBox = async (options) => {
       process.stderr.write('SAID ' + JSON.stringify(options) + '\\n');
       return { response: 1 };
     };
     await import(${JSON.stringify(pathToFileURL(join(facts.path, 'out/main/index.js')).href)});`,
  );
  const child = spawn(facts.executable, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), wrapper], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...ownDisplay(), HAICAST_DATA: blocked },
  });
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  const said = /^SAID (.+)$/m.exec(output)?.[1];
  expect(said, output).toBeDefined();
  const box = JSON.parse(said ?? '{}') as { message: string; detail: string; buttons: string[] };
  expect(box.message).toContain('cannot write to its data folder');
  expect(box.detail).toContain(blocked);
  expect(box.buttons).toHaveLength(2);
});

test('a full disk: the case is not half saved, the message says so, and it can be saved once there is room', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  const mount = await mountSmall('size=48m');
  test.skip(!mount, 'only root may mount a small file system');
  if (!mount) return;
  const filler = join(mount.folder, 'filler');
  try {
    const { page } = await launch({ dataFolder: mount.folder });
    await new CasesPage(page).openDemo();
    const current = new CasePage(page);
    await current.predictDemo();
    await call(page, 'records.create', { passphrase: PASSPHRASE });
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' });
    await current.save.click();
    await expect(page.getByRole('alert').filter({ hasText: 'The disk is full' })).toBeVisible();
    expect((await call<{ total: number }>(page, 'cases.list', {})).value.total).toBe(0);
    await rm(filler);
    await current.save.click();
    await expect(current.save).toBeDisabled();
    expect((await call<{ total: number }>(page, 'cases.list', {})).value.total).toBe(1);
  } finally {
    mount.release();
  }
});

test('kill -9 in the middle of saving: the next start has each case whole', async ({ launch }) => {
  test.setTimeout(240_000);
  const first = await launch();
  await new CasesPage(first.page).openDemo();
  const current = new CasePage(first.page);
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);
  // Saves without a pause, each with another value in two places; the kill falls into one of them.
  await first.page.evaluate(`(async () => {
    // Without the prediction: it stands for other factors and would be refused.
    const { value: { draft: { predictionId, ...draft } } } = await window.haicast.call('draft.get', { window: 'window' });
    let { revision } = draft;
    window.saved = 0;
    (async () => {
      for (let n = 1; ; n += 1) {
        const factors = { ...draft.factors, afp: { ...draft.factors.afp, value: n } };
        const answer = await window.haicast.call('cases.save', { ...draft, revision, factors, note: 'save ' + n });
        if (!answer.ok) throw new Error(JSON.stringify(answer));
        revision = answer.value.revision;
        window.saved = n;
      }
    })();
  })()`);
  await expect.poll(() => first.page.evaluate<number>('window.saved')).toBeGreaterThan(10);
  await first.kill();

  const second = await launch({ passphrase: PASSPHRASE });
  await second.page.locator('header').waitFor();
  const list = await call<{ cases: { id: string }[]; total: number }>(second.page, 'cases.list', {});
  expect(list.value.total).toBe(1);
  const kept = await call<{ note: string; factors: { afp: { value: number } } }>(second.page, 'cases.get', {
    id: list.value.cases[0]?.id ?? '',
  });
  expect(kept.value.note).toBe(`save ${kept.value.factors.afp.value}`);
  const whole = { scope: 'whole', jobId: 'verify' };
  expect((await call<{ intact: boolean }>(second.page, 'records.verify', whole)).value.intact).toBe(true);
  expect((await call<{ code: string }>(second.page, 'records.status', {})).value.code).toBe('session-recovered');
});

test('a page that hangs is asked about and comes back', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await app.evaluate(({ dialog, BrowserWindow }) => {
    dialog.showMessageBox = (async (...given: unknown[]) => {
      Object.assign(globalThis, { said: given.at(-1) });
      return { response: 1, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    const window = BrowserWindow.getAllWindows()[0];
    window?.webContents.once('did-finish-load', () => Object.assign(globalThis, { back: true }));
    window?.emit('unresponsive');
  });
  await expect.poll(() => app.evaluate(() => (globalThis as { back?: boolean }).back)).toBe(true);
  expect((await messageOf(app))?.message).toBe('The window does not answer.');
});
