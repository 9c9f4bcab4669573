/** A de-identified copy through the window: what leaves is shown, agreed to, and written. In Electron: test/electron. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openInput } from '../../src/main/study/archive/open-input.ts';
import { scanFiles } from '../../src/main/study/scan/scan-files.ts';
import { dicomFile, type ElementSpec, mrElements } from '../fixtures/dicom/write-dicom.ts';
import { expect, test } from './fixtures.ts';
import { CasesPage } from './pages/cases-page.ts';

const identity = ['DEMO', 'SIM-0007', '19671231', '20260317', 'Simulated Hospital', 'MRC3T01'];

test('a copy leaves as a zip without the patient, after it was shown and agreed to', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  await test.step('the dialog is reached by the command list, and left by Esc', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('de-identified');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('deidentify-dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('deidentify-dialog')).toBeHidden();
  });

  await page.getByTestId('deidentify').click();
  const dialog = page.getByTestId('deidentify-dialog');
  const diff = dialog.getByTestId('diff');
  await expect(diff).toContainText('SIM-0007');

  await dialog.getByTestId('diff-removed').click();
  await expect(diff).toContainText('InstitutionName');
  await expect(diff).not.toContainText('PatientID');
  await dialog.getByTestId('diff-changed').click();
  const rowOf = (keyword: string) => diff.getByRole('row').filter({ has: page.getByText(keyword, { exact: true }) });
  const patient = rowOf('PatientID');
  await expect(patient).toContainText(/HC-[A-Z0-9]{10}/);
  const pseudonym = /HC-[A-Z0-9]{10}/.exec((await patient.textContent()) ?? '')?.[0] ?? 'none';
  await dialog.getByTestId('diff-search').fill('birth');
  await expect(diff.locator('tbody tr')).toHaveCount(1);
  await dialog.getByTestId('diff-search').fill('');

  // Without the option a date is not moved but gone.
  await dialog.getByTestId('option-modifiedDates').uncheck();
  await expect(rowOf('StudyDate')).toContainText('emptied');
  await dialog.getByTestId('option-modifiedDates').check();
  await expect(rowOf('StudyDate')).toContainText('date moved');

  const boxes = dialog.getByTestId('deidentify-series').getByRole('checkbox');
  const series = await boxes.count();
  for (let row = 2; row < series; row++) await boxes.nth(row).uncheck();
  await dialog.getByTestId('deidentify-start').click();
  await expect(dialog).toContainText(pseudonym);
  const started = page.waitForEvent('download');
  await dialog.getByTestId('deidentify-write').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('haicast-export.zip');
  await expect(dialog.getByTestId('deidentify-result')).toContainText(/\d+ images? written/);

  const folder = await mkdtemp(join(tmpdir(), 'haicast-copy-'));
  try {
    const zip = join(folder, 'copy.zip');
    await download.saveAs(zip);
    const bytes = (await readFile(zip)).toString('latin1');
    expect(identity.filter((text) => bytes.includes(text))).toEqual([]);
    const quiet = { signal: new AbortController().signal, progress: () => {} };
    const input = await openInput(zip, quiet.signal);
    const { images, skipped } = await scanFiles(input.files, quiet);
    await input.close();
    expect(skipped).toEqual([]);
    expect(new Set(images.map((image) => image.seriesInstanceUID)).size).toBe(2);
    expect([...new Set(images.map((image) => image.patient.patientName))]).toEqual([pseudonym]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A study of two series, one of which says that text is burned into its pictures. */
const writeFlagged = async (folder: string): Promise<void> => {
  const series = (number: number, extra: ElementSpec[]) =>
    mrElements({
      instance: number,
      extra: [['0020,000E', 'UI', `1.2.3.${number}`], ['0020,0011', 'IS', `${number}`], ...extra],
    });
  await writeFile(join(folder, 'plain'), dicomFile(series(1, [['0008,103E', 'LO', 'T2 fs tra']])));
  await writeFile(
    join(folder, 'flagged'),
    dicomFile(
      series(2, [
        ['0008,103E', 'LO', 'Screen'],
        ['0028,0301', 'CS', 'YES'],
      ]),
    ),
  );
};

test('pictures that may show a name: a series that says so leaves only after a look, an image of a series that does not is held back', async ({
  launch,
  hostKind,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'haicast-flagged-'));
  try {
    const flagged = join(folder, 'flagged');
    await mkdir(flagged);
    await writeFlagged(flagged);
    const { page } = await launch({ arguments: [flagged] });
    const dialog = page.getByTestId('deidentify-dialog');
    await page.getByTestId('step-images').waitFor();
    for (const locale of ['en', 'zh-CN'] as const) {
      await test.step(`a series with text in its picture leaves only after a look, in ${locale}`, async () => {
        if ((await page.locator('html').getAttribute('lang')) !== locale) await page.getByTestId('language').click();
        await page.getByTestId('deidentify').click();
        await expect(dialog.getByTestId('deidentify-warnings')).toBeVisible();
        const boxes = dialog.getByTestId('deidentify-series').getByRole('checkbox');
        await expect(boxes).toHaveCount(2);
        await expect(boxes.nth(0)).toBeChecked();
        await expect(boxes.nth(1)).not.toBeChecked();
        const start = dialog.getByTestId('deidentify-start');
        await expect(start).toBeEnabled();
        await boxes.nth(1).check();
        await expect(start).toBeDisabled();
        await page.screenshot({
          path: resolve(
            import.meta.dirname,
            '../../artifacts/screens',
            hostKind,
            `1280-${locale}-9-deidentify-warning.png`,
          ),
        });
        await dialog.getByTestId('deidentify-looked').check();
        await start.click();
        const started = page.waitForEvent('download');
        await dialog.getByTestId('deidentify-write').click();
        await started;
        await expect(dialog.getByTestId('deidentify-result')).toContainText('2');
        await page.screenshot({
          path: resolve(
            import.meta.dirname,
            '../../artifacts/screens',
            hostKind,
            `1280-${locale}-9-deidentify-done.png`,
          ),
        });
        await page.keyboard.press('Escape');
      });
    }
    await page.getByTestId('language').click();

    await test.step('an image whose picture may show a name is held back, wherever in its series it is', async () => {
      const held = join(folder, 'held-back');
      await mkdir(held);
      for (const instance of [1, 2, 3]) {
        const extra: ElementSpec[] = [['0028,0301', 'CS', instance === 2 ? 'YES' : 'NO']];
        await writeFile(join(held, `IM${instance}`), dicomFile(mrElements({ instance, extra })));
      }
      await page.getByRole('navigation').getByRole('link').first().click();
      const chooser = page.waitForEvent('filechooser');
      await page.getByTestId('bar-folder').or(page.getByTestId('open-folder')).first().click();
      await (await chooser).setFiles(held);
      await page.getByTestId('step-images').waitFor();
      await page.getByTestId('deidentify').click();
      const write = async () => {
        await dialog.getByTestId('deidentify-start').click();
        const started = page.waitForEvent('download');
        await dialog.getByTestId('deidentify-write').click();
        await started;
      };
      await expect(dialog.getByTestId('deidentify-warnings')).toBeHidden();
      await write();
      const result = dialog.getByTestId('deidentify-result');
      await expect(result).toContainText('2 images written');
      await expect(dialog.getByTestId('deidentify-unchecked')).toContainText('1 image is not in it');

      await dialog.getByTestId('deidentify-again').click();
      await expect(dialog.getByTestId('deidentify-warnings')).toBeVisible();
      await expect(dialog.getByTestId('deidentify-start')).toBeDisabled();
      await dialog.getByTestId('deidentify-looked').check();
      await write();
      await expect(result).toContainText('3 images written');
      await expect(dialog.getByTestId('deidentify-unchecked')).toBeHidden();
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
