/** What another installation exported comes in by the window: looked through first, taken over on a yes, taken back as easily. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { exportRecords } from '../../src/main/cases/export/export-records.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import { zipStream } from '../../src/main/files/zip-stream.ts';
import { sampleCase, samplePrediction, sampleStudy } from '../unit/main/cases/sample-case.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

const exported = async (folder: string, patients: readonly string[], passphrase?: string): Promise<string> => {
  const store = new RecordsStore({ file: join(folder, `${patients.join()}.db`), key: randomBytes(32) });
  for (const name of patients) {
    const study = { ...sampleStudy(`Elsewhere^${name}`, name), studyInstanceUID: `2.25.${name.length}` };
    store.save(sampleCase({ study, prediction: samplePrediction(name) }), 'a');
  }
  const facts = { at: new Date(), actor: 'Dr There', installation: 'there', appVersion: '0.0.0' };
  const { file } = await exportRecords(store, { folder: join(folder, patients.join()), passphrase, ...facts });
  store.close();
  return join(folder, patients.join(), file);
};

/** As a browser saves it: in a zip, with the text on how to open it. */
const savedByBrowser = async (file: string): Promise<string> => {
  const saved = join(dirname(file), 'haicast-export.zip');
  const name = basename(file);
  const hint = name.replace(/enc$/, 'txt');
  const entries = [name, hint].map((one) => ({ name: one, read: () => readFile(join(dirname(file), one)) }));
  writeFileSync(saved, await buffer(zipStream(entries)));
  return saved;
};

test('an export of another installation is looked through, taken over, found in the list and taken back @every-host', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'haicast-import-'));
  try {
    const saved = await savedByBrowser(await exported(folder, ['One', 'Three'], PASSPHRASE));
    const more = await exported(folder, ['Twelve']);
    const app = await launch();
    const { page } = app;
    const current = new CasePage(page);
    await new CasesPage(page).openDemo();
    await current.confirmRoles.click();
    await current.saveFirstCase(PASSPHRASE);
    await page.getByTestId('settings').click();
    await page.getByTestId('import-all-open').click();
    const dialog = page.getByTestId('import-everything');
    await app.choosing(saved);
    await dialog.getByTestId('import-choose').click();

    const look = dialog.getByTestId('import-look');
    await dialog.getByTestId('import-passphrase').fill('another passphrase');
    await look.click();
    await expect(dialog.getByTestId('import-failure')).toContainText('does not open this export');
    await dialog.getByTestId('import-passphrase').fill(PASSPHRASE);
    await look.click();
    await expect(dialog.getByTestId('import-counts').locator('[data-state="new"]')).toContainText('2');
    await expect(dialog.getByTestId('import-found')).toContainText('Elsewhere One');
    await expect(dialog).toContainText('Dr There');

    await dialog.getByTestId('import-take-over').click();
    await expect(dialog.getByTestId('import-answer')).toContainText('2 cases are taken over');
    await page.keyboard.press('Escape');
    await page.getByTestId('audit-open').click();
    await expect(page.getByTestId('audit')).toContainText('Cases taken over');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link').first().click();
    const rows = page.getByTestId('case-list').locator('tbody tr');
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: 'Elsewhere One' })).toHaveCount(1);

    // Taken back: from the trash they can be restored, and the export says so.
    await app.choosing(more);
    await page.getByTestId('import-all').click();
    await dialog.getByTestId('import-choose').click();
    await expect(dialog.getByTestId('import-counts').locator('[data-state="new"]')).toContainText('1');
    await dialog.getByTestId('import-take-over').click();
    await dialog.getByTestId('import-undo-all').click();
    await expect(dialog.getByTestId('import-answer')).toContainText('Moved to the trash');
    await app.choosing(more);
    await dialog.getByTestId('import-choose').click();
    await expect(dialog.getByTestId('import-counts').locator('[data-state="trashed"]')).toContainText('1');
    await expect(dialog.getByTestId('import-take-over')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(rows).toHaveCount(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
