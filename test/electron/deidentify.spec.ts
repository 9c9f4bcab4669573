/** A de-identified copy in the product's own window: into the folder that the system's dialog gave, and no other. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { expect, test } from './fixtures.ts';

test('a copy goes into the folder that was chosen, and the page can name none', async ({ launch }) => {
  const folder = await mkdtemp(join(tmpdir(), 'haicast-electron-copy-'));
  const chosen = join(folder, 'chosen');
  await mkdir(chosen);
  try {
    const { app, page } = await launch();
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, chosen);
    await new CasesPage(page).openDemo();
    await page.getByTestId('deidentify').click();
    const dialog = page.getByTestId('deidentify-dialog');
    await expect(dialog.getByTestId('diff')).toBeVisible();
    const start = dialog.getByTestId('deidentify-start');
    await expect(start).toBeDisabled();
    await dialog.getByTestId('choose-destination').click();
    await expect(dialog).toContainText(chosen);
    await start.click();
    await dialog.getByTestId('deidentify-write').click();
    await expect(dialog.getByTestId('deidentify-result')).toContainText('142 images written', { timeout: 60_000 });
    expect((await readdir(chosen)).length).toBeGreaterThan(1);

    const elsewhere = join(folder, 'elsewhere');
    const asked = {
      openId: 'any',
      seriesIds: ['any'],
      checkedSeriesIds: [],
      destination: elsewhere,
      options: { cleanDescriptors: true, modifiedDates: true, patientCharacteristics: true, safePrivate: true },
      linking: 'none',
      jobId: 'forged',
    };
    const reply = await page.evaluate<unknown>(
      `window.haicast.call('study.exportDeidentified', ${JSON.stringify(asked)})`,
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'destination-unknown' } });
    expect(await readdir(folder)).toEqual(['chosen']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
