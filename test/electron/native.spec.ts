/** What the window has that a browser has not: menus, dialogs, place and size, a second launch, printing, the task bar. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { contentHash, readReport } from '../../src/main/reports/embedded-report.ts';
import { ownDisplay } from '../e2e/hosts/displays.ts';
import { CasePage } from '../e2e/pages/case-page.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { expect, test } from './fixtures.ts';

const demoStudy = resolve(import.meta.dirname, '../../resources/demo/study');
const modelFolder = resolve(import.meta.dirname, '../fixtures/models/six-channel');

const clickMenu = (app: ElectronApplication, id: string) =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);

const menuLabels = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));

/** The next message box gets this answer; what it said is kept. */
const answerNext = (app: ElectronApplication, response: number) =>
  app.evaluate(({ dialog }, answer) => {
    dialog.showMessageBox = (async (...given: unknown[]) => {
      Object.assign(globalThis, { said: given.at(-1) });
      return { response: answer, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, response);

const said = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as { said?: { message: string; detail: string; buttons: string[] } }).said);

const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('menus are in the language of the application and follow it at once', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  expect(await menuLabels(app)).toEqual(['File', 'Edit', 'View', 'Case', 'Help']);
  await page.getByTestId('language').click();
  await expect.poll(() => menuLabels(app)).toEqual(['文件', '编辑', '视图', '病例', '帮助']);
});

test('starts in the language of the operating system', async ({ launch }) => {
  const { app, page } = await launch({ locale: 'zh-CN' });
  await page.locator('header').waitFor();
  expect((await menuLabels(app))?.[0]).toBe('文件');
  expect(await page.evaluate<string>('document.documentElement.lang')).toBe('zh-CN');
});

test('a menu item runs the page’s command', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await clickMenu(app, 'view.models');
  await page.waitForURL(/#\/models$/);
  await clickMenu(app, 'file.openDemo');
  await new CasePage(page).imagesShown();
});

/** The open dialog answers with these paths from now on, or is dismissed; what it was asked is kept. */
const answerWith = (app: ElectronApplication, paths: string[]) =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = (async (...given: unknown[]) => {
      Object.assign(globalThis, { asked: given.at(-1) });
      return { canceled: filePaths.length === 0, filePaths };
    }) as typeof dialog.showOpenDialog;
  }, paths);

const asked = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as { asked?: { title: string; properties: string[] } }).asked);

test('the open dialog’s answer is opened; a dismissed one changes nothing', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await answerWith(app, []);
  await clickMenu(app, 'file.openFolder');
  await expect.poll(async () => (await asked(app))?.properties).toEqual(['openDirectory', 'dontAddToRecent']);
  expect(page.url()).toMatch(/#\/cases$/);
  await answerWith(app, [demoStudy]);
  await clickMenu(app, 'file.openFolder');
  await new CasePage(page).imagesShown();
});

test('a model is installed from the folder that the system’s dialog answers with; a dismissed one installs nothing', async ({
  launch,
}) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await clickMenu(app, 'view.models');
  await answerWith(app, []);
  await page.getByTestId('install-folder').click();
  await expect.poll(async () => (await asked(app))?.properties).toEqual(['openDirectory']);
  const installed = page.locator('[data-model="test-six-channel"]');
  await expect(installed).toHaveCount(0);
  await answerWith(app, [modelFolder]);
  await page.getByTestId('install-folder').click();
  await expect(installed.getByTestId('remove-model')).toBeVisible();
  await answerWith(app, []);
  await page.getByTestId('install-zip').click();
  await expect.poll(async () => (await asked(app))?.properties).toEqual(['openFile']);
});

test('a study named on the command line is opened', async ({ launch }) => {
  const { page } = await launch({ arguments: [demoStudy] });
  await new CasePage(page).imagesShown();
});

test('a folder dropped on the window is opened where it lies', async ({ launch }) => {
  const { page } = await launch();
  await page.getByTestId('open-demo').waitFor();
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [demoStudy], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await new CasePage(page).imagesShown();
  await expect(page.getByTestId('patient-banner')).toContainText('SIM-0007');
});

test('a study dropped on the icon, or a DICOMDIR opened by its system, is opened', async ({ launch }) => {
  const { app, page } = await launch();
  await page.getByTestId('open-demo').waitFor();
  // The event that macOS sends; the other systems start a second instance, which has its own test.
  await app.evaluate(({ app: electronApp }, path) => {
    electronApp.emit('open-file', { preventDefault: () => undefined }, path);
  }, demoStudy);
  await expect(page.getByTestId('patient-banner')).toContainText('SIM-0007');
});

test('a second launch hands its study to the first instance and ends', async ({ launch, dataFolder }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  const { executable, args } = await app.evaluate(({ app: electronApp }) => ({
    executable: process.execPath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(electronApp.isPackaged ? [] : [electronApp.getAppPath()]),
    ],
  }));
  const second = spawn(executable, [...args, demoStudy], {
    stdio: 'ignore',
    env: { ...process.env, ...ownDisplay(), HAICAST_DATA: dataFolder },
  });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await new CasePage(page).imagesShown();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('recent studies are offered again, named to nobody while locked, kept encrypted or not at all, and never given to the operating system', async ({
  launch,
  dataFolder,
}) => {
  const named = join(dataFolder, 'DOE^JANE');
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await app.evaluate(({ app: electronApp }) => {
    Object.assign(globalThis, { handedOver: 0 });
    electronApp.addRecentDocument = () => Object.assign(globalThis, { handedOver: 1 });
  });
  await mkdir(named);
  await writeFile(join(named, 'IM1'), await readFile((await files(demoStudy))[0] ?? ''));
  await page.evaluate(`window.haicast.call('study.open', { path: ${JSON.stringify(named)}, jobId: 'recent' })`);
  const recent = () =>
    app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.getMenuItemById('recent')
        ?.submenu?.items.map((item) => item.label),
    );
  await expect.poll(recent).toContain('DOE^JANE');
  // To nobody while the page is covered.
  await page.evaluate(`window.haicast.call('records.create', { passphrase: 'a passphrase of the test' })`);
  await page.evaluate(`window.haicast.call('records.lock', {})`);
  await expect.poll(recent).not.toContain('DOE^JANE');
  await page.evaluate(`window.haicast.call('records.unlock', { passphrase: 'a passphrase of the test' })`);
  await expect.poll(recent).toContain('DOE^JANE');
  await page.evaluate(`window.haicast.call('settings.set', { hideIdentity: true })`);
  await expect.poll(recent).not.toContain('DOE^JANE');
  expect(await app.evaluate(() => (globalThis as { handedOver?: number }).handedOver)).toBe(0);
  for (const file of (await files(dataFolder)).filter((path) => !path.startsWith(named))) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    expect(bytes.includes('DOE^JANE'), file).toBe(false);
  }
});

test('the window comes back where it was, on a screen that still exists', async ({ launch, dataFolder }) => {
  const first = await launch();
  await first.page.locator('header').waitFor();
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 1100, height: 720 });
  });
  await first.close();
  const boundsOf = (app: ElectronApplication) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  const second = await launch();
  expect(await boundsOf(second.app)).toEqual({ x: 60, y: 50, width: 1100, height: 720 });
  await second.close();
  await writeFile(
    join(dataFolder, 'window.json'),
    JSON.stringify({ x: 9000, y: 9000, width: 1100, height: 720, maximized: false }),
  );
  const third = await launch();
  const bounds = await boundsOf(third.app);
  expect(bounds).toMatchObject({ width: 1100, height: 720 });
  expect(bounds?.x).toBeLessThan(1920);
});

test('no patient’s name is in the window’s title', async ({ launch }) => {
  const { app, page } = await launch();
  await new CasesPage(page).openDemo();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('haicast');
});

test('unsaved work asks before closing: cancel stays, discard closes', async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.click();
  await expect(current.save).toBeEnabled();
  await answerNext(app, 2);
  const closeWindow = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await closeWindow();
  await expect.poll(() => said(app)).toMatchObject({ message: 'This case has unsaved changes.' });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await answerNext(app, 1);
  await running.close();
});

test('unsaved work asks before closing: save keeps the case', async ({ launch }) => {
  const running = await launch();
  const { app, page } = running;
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  await current.saveFirstCase('correct horse battery');
  await current.open('factors');
  await current.fillFactor('afp', '651');
  await expect(current.save).toBeEnabled();
  await answerNext(app, 0);
  await running.close();

  const second = await launch({ passphrase: 'correct horse battery' });
  await second.page.locator('header').waitFor();
  const kept = await second.page.evaluate<{ value: { cases: { id: string }[] } }>(
    `window.haicast.call('cases.list', {})`,
  );
  const id = kept.value.cases[0]?.id;
  const saved = await second.page.evaluate<{ value: { factors: Record<string, { value: unknown }> } }>(
    `window.haicast.call('cases.get', { id: ${JSON.stringify(id)} })`,
  );
  expect(saved.value.factors.afp?.value).toBe(651);
});

test('a crashed page comes back to the same case with its unsaved work', async ({ launch }) => {
  const { app, page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('lesions');
  await page.getByTestId('demo-lesion').click();
  await expect(current.lesions).toHaveCount(1);
  const loadedAgain = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((done) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => done());
      }),
  );
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await loadedAgain;
  // Playwright does not follow a page into its next process: the main process looks.
  const look = (expression: string) =>
    app.evaluate(
      ({ BrowserWindow }, code) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
      expression,
    );
  await expect.poll(() => look('location.hash')).toBe('#/case');
  await expect.poll(() => look(`document.querySelector('[data-testid=step-lesions] h2 button') !== null`)).toBe(true);
  await look(`(() => {
    const toggle = document.querySelector('[data-testid=step-lesions] h2 button');
    if (toggle.getAttribute('aria-expanded') === 'false') toggle.click();
  })()`);
  await expect.poll(() => look(`document.querySelectorAll('[data-testid=lesion]').length`)).toBe(1);
});

test('the report is saved as PDF and HTML for its owner alone, as the records say it, and a page under a name that is only a name', async ({
  launch,
  dataFolder,
}) => {
  const { app, page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  await current.saveFirstCase('correct horse battery');
  await page.keyboard.press('r');
  await page.getByTestId('report').waitFor();
  const foot = await page.getByTestId('report-foot').textContent();
  for (const format of ['pdf', 'html'] as const) {
    const file = join(dataFolder, `report.${format}`);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog;
    }, file);
    await page.getByTestId(`report-${format}`).click();
    await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
    const { content, isIntact } = readReport(await readFile(file));
    expect(isIntact).toBe(true);
    expect(foot).toContain(content && contentHash(content));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
  // On paper the page is one white sheet, without the window around it.
  const sheets = await app.evaluate(async ({ BrowserWindow }) => {
    const printed = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ preferCSSPageSize: true });
    return printed?.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  });
  expect(sheets).toBe(1);
  const target = join(dataFolder, 'out.pdf');
  // One that everybody could read takes its place.
  await writeFile(target, 'a page', { mode: 0o644 });
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async (...given: unknown[]) => {
      Object.assign(globalThis, { asked: given.at(-1) });
      return { canceled: false, filePath };
    }) as typeof dialog.showSaveDialog;
  }, target);
  await page.evaluate(`window.haicast.savePdf('../../etc/DOE/report.pdf')`);
  expect((await readFile(target)).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await stat(target)).size).toBeGreaterThan(10_000);
  expect((await stat(target)).mode & 0o777).toBe(0o600);
  const asked = await app.evaluate(() => (globalThis as { asked?: { defaultPath: string } }).asked);
  expect(asked?.defaultPath).toBe('report.pdf');
  expect(basename(asked?.defaultPath ?? '')).toBe(asked?.defaultPath);
});

test('progress reaches the task bar and full screen the window', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const progress: number[] = [];
    const screens: boolean[] = [];
    Object.assign(globalThis, { progress, screens });
    if (!window) return;
    window.setProgressBar = (value) => void progress.push(value);
    window.setFullScreen = (on) => void screens.push(on);
  });
  await page.evaluate(`window.haicast.setProgress(0.5)`);
  await page.evaluate(`window.haicast.setProgress(undefined)`);
  await page.evaluate(`window.haicast.setFullScreen(true)`);
  await expect.poll(() => app.evaluate(() => (globalThis as { progress?: number[] }).progress)).toEqual([0.5, -1]);
  await expect.poll(() => app.evaluate(() => (globalThis as { screens?: boolean[] }).screens)).toEqual([true]);
});

test('the about box names versions, model and licence, and opens the licences', async ({ launch }) => {
  const { app, page } = await launch();
  await page.locator('header').waitFor();
  await answerNext(app, 1);
  const licences = app.waitForEvent('window');
  await clickMenu(app, 'help.about');
  const window = await licences;
  await expect.poll(() => window.evaluate<string>('document.body.textContent')).toMatch(/Apache/);
  const box = await said(app);
  expect(box?.message).toMatch(/^haicast \d+\.\d+\.\d+$/);
  expect(box?.detail).toMatch(/research use only/i);
  expect(box?.detail).toMatch(/inceptionv4-haic-sim \d/);
  expect(box?.detail).toMatch(/electron \d+/);
  expect(box?.detail).toMatch(/Apache-2\.0/);
  expect(await window.evaluate<string>('typeof window.haicast')).toBe('undefined');
});

test('workers are processes of their own', async ({ launch }) => {
  const { app, page } = await launch();
  await new CasesPage(page).openDemo();
  await new CasePage(page).predictDemo();
  const names = await app.evaluate(({ app: electronApp }) =>
    electronApp.getAppMetrics().flatMap((metric) => (metric.type === 'Utility' && metric.name ? [metric.name] : [])),
  );
  expect(names).toEqual(expect.arrayContaining(['haicast dicom', 'haicast inference']));
});
