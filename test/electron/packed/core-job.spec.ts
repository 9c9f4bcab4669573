/** The core of the job in the packed application: start, demonstration, prediction, save, quit, start again, reopen. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CasePage } from '../../e2e/pages/case-page.ts';
import { CasesPage } from '../../e2e/pages/cases-page.ts';
import { testdataRoot } from '../../fixtures/testdata.ts';
import { expect, test } from '../fixtures.ts';
import { twinExecutable } from './packed-app.ts';

const PASSPHRASE = 'correct horse battery';

test('the packed application does the job, and reopens the case with the same numbers', async ({
  launch,
  dataFolder,
}) => {
  const executable = twinExecutable();
  const first = await launch({ executable });
  expect(await first.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
  await new CasesPage(first.page).openDemo();
  const current = new CasePage(first.page);
  await current.predictDemo();
  const numbers = await current.numbers();
  await current.saveFirstCase(PASSPHRASE);
  await first.close();

  const second = await launch({ executable, passphrase: PASSPHRASE });
  await new CasesPage(second.page).open();
  const again = new CasePage(second.page);
  await again.imagesShown();
  expect(await again.numbers()).toBe(numbers);
  // Besides records and settings only what docs/installation.md names.
  expect(
    (await readdir(dataFolder)).filter(
      (name) =>
        !/^(chromium|Crashpad|Singleton|backup|fetched|keys|logs|pacs|providers|records|settings|unfinished|window|models)/.test(
          name,
        ),
    ),
  ).toEqual([]);
});

test('DevTools are off in the packed application', async ({ launch }) => {
  const { app, page } = await launch({ executable: twinExecutable() });
  await page.locator('header').waitFor();
  expect(
    await app.evaluate(({ BrowserWindow, Menu }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.openDevTools();
      const roles = Menu.getApplicationMenu()?.items.flatMap(
        (item) => item.submenu?.items.map((entry) => entry.role) ?? [],
      );
      return {
        opened: contents?.isDevToolsOpened(),
        inMenu: roles?.some((role) => String(role).toLowerCase() === 'toggledevtools'),
      };
    }),
  ).toEqual({ opened: false, inMenu: false });
});

test('the decoders of compressed images load from the package', async ({ launch, dataFolder }) => {
  const testdata = testdataRoot();
  test.skip(!testdata, 'the public files are not beside this checkout');
  const { page } = await launch({ executable: twinExecutable() });
  await page.locator('header').waitFor();
  for (const name of ['JPEG2000.dcm', 'MR_small_jpeg_ls_lossless.dcm', 'MR_small_jp2klossless.dcm']) {
    const folder = join(dataFolder, `models-${name}`);
    await mkdir(folder);
    await copyFile(join(testdata ?? '', 'pydicom', name), join(folder, 'IM1'));
    const shape = await page.evaluate<unknown>(`(async () => {
      const call = async (procedure, input) => {
        const reply = await window.haicast.call(procedure, input);
        if (!reply.ok) throw new Error(JSON.stringify(reply.error));
        return reply.value;
      };
      const opened = await call('study.open', { path: ${JSON.stringify(folder)}, jobId: 'open' });
      const series = opened.studies[0].series[0];
      const volume = await call('study.volume', { openId: opened.openId, seriesId: series.id, jobId: 'volume' });
      const bytes = await (await fetch(volume.url)).arrayBuffer();
      return { pixels: volume.shape.reduce((a, b) => a * b), bytes: bytes.byteLength === volume.bytes };
    })()`);
    expect(shape, name).toMatchObject({ bytes: true });
  }
});
