/**
 * A study that is chosen or dropped in the browser, which alone uploads (the product's window opens the path itself): its
 * files travel to the loopback host, and nothing of it is lost on the way.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dicomFile, mrElements } from '../fixtures/dicom/write-dicom.ts';
import { zipArchive } from '../fixtures/dicom/write-zip.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';

const demoStudy = resolve(import.meta.dirname, '../../resources/demo/study');
let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'haicast-upload-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The demonstration study as a hospital's disc holds one: with files that are none of its images. */
const demoDisc = (): string => {
  const disc = join(folder, 'disc');
  cpSync(demoStudy, disc, { recursive: true });
  writeFileSync(join(disc, 'README.txt'), 'Viewer on this disc: start viewer.exe');
  writeFileSync(join(disc, 'S05', 'IM9999.dcm'), '');
  return disc;
};

/** A second patient: one small series. */
const otherPatient = (into: string): void => {
  mkdirSync(into, { recursive: true });
  for (let instance = 1; instance <= 3; instance++) {
    writeFileSync(join(into, `IM${instance}`), dicomFile(mrElements({ instance, rows: 16, columns: 16 })));
  }
};

const choose = async (page: Page, button: Locator, path: string): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles(path);
};

/** Drops paths of this computer on the middle of the window, as a file manager does. */
const drop = async (page: Page, files: string[]): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
  await devtools.detach();
};

const skippedReasons = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Files left out: 2' }).click();
  const rows = page.getByTestId('skipped-files').locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'IM9999.dcm' })).toContainText(/empty/i);
  await expect(rows.filter({ hasText: 'README.txt' })).toContainText(/not a DICOM file/);
  await page.keyboard.press('Escape');
};

test('studies by dialog and by drop, as folder, zip and files, with what was left out and why', async ({ launch }) => {
  const { page } = await launch();
  const current = new CasePage(page);
  /** Back to the list, with no case on screen. */
  const list = async () => {
    await page.getByRole('navigation').getByRole('link').first().click();
    await expect(page.locator('[data-role]')).toHaveCount(0);
  };

  await test.step('a dialog that is closed without a choice changes nothing', async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByTestId('open-folder').click();
    await chooser;
    await expect(page.getByTestId('open-folder')).toBeEnabled();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('a folder without images: said so, with the reason for every file', async () => {
    writeFileSync(join(folder, 'letter.txt'), 'Dear colleague');
    writeFileSync(join(folder, 'empty.dcm'), '');
    await choose(page, page.getByTestId('open-folder'), folder);
    await expect(page.getByRole('alert')).toContainText('No DICOM image was found. Files looked at: 2');
    await expect(page.getByTestId('skipped-files').locator('tbody tr')).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('open-folder')).toBeVisible();
  });

  await test.step('a zip that is damaged: said so, and the list of cases stays', async () => {
    const archive = join(folder, 'study.zip');
    const whole = zipArchive([{ name: 'IM1', bytes: dicomFile(mrElements()) }]);
    writeFileSync(archive, whole.subarray(0, whole.length - 30));
    await choose(page, page.getByRole('button', { name: 'Zip file…' }), archive);
    await expect(page.getByRole('alert').filter({ hasText: 'The archive is damaged' })).toBeVisible();
    await expect(page.getByTestId('open-folder')).toBeVisible();
  });

  await test.step('a folder: the case opens, and what was left out is listed with the reason', async () => {
    await choose(page, page.getByTestId('open-folder'), demoDisc());
    await current.imagesShown();
    await expect(current.confirmRoles).toHaveText(/6/);
    await skippedReasons(page);
  });

  await list();
  await test.step('a zip: the same case with the same remarks', async () => {
    const disc = demoDisc();
    const archive = join(folder, 'study.zip');
    const files = readdirSync(disc, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const entries = files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: relative(disc, path).replaceAll('\\', '/'), bytes: readFileSync(path) };
    });
    writeFileSync(archive, zipArchive(entries));

    await choose(page, page.getByRole('button', { name: 'Zip file…' }), archive);
    await new CasePage(page).imagesShown();
    await skippedReasons(page);
  });

  await list();
  await test.step('a folder that is dropped anywhere in the window', async () => {
    await expect(page.getByTestId('open-folder')).toBeVisible();
    await drop(page, [demoDisc()]);
    await new CasePage(page).imagesShown();
    await skippedReasons(page);
  });

  await list();
  await test.step('files that are dropped without a folder', async () => {
    await expect(page.getByTestId('open-folder')).toBeVisible();
    const series = join(demoStudy, 'S03');
    await drop(
      page,
      readdirSync(series).map((name) => join(series, name)),
    );
    await expect(new CasePage(page).pane('t2')).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
    await expect(page.getByRole('button', { name: /Files left out/ })).toHaveCount(0);
  });

  await list();
  await test.step('two patients in one folder: asked which one, and never mixed', async () => {
    const disc = demoDisc();
    otherPatient(join(disc, 'S05'));
    await choose(page, page.getByTestId('open-folder'), disc);

    const question = page.getByRole('dialog', { name: 'More than one study was found' });
    await expect(question.getByRole('listitem')).toHaveCount(2);
    await question.getByRole('button', { name: /Person/ }).click();
    await expect(page.getByTestId('patient-banner')).toContainText('Person');
    await expect(current.step('images').getByRole('combobox').first().locator('option')).toHaveCount(2);

    // The other one, from the same folder: six roles, and nothing of the first.
    await page.getByRole('navigation').getByRole('link').first().click();
    await choose(page, page.getByTestId('bar-folder').or(page.getByTestId('open-folder')).first(), disc);
    await question.getByRole('button', { name: /LIVER/ }).click();
    await current.imagesShown();
    await expect(page.getByTestId('patient-banner')).not.toContainText('Person');
    await expect(current.step('images')).not.toContainText('t1 vibe');
  });
});
