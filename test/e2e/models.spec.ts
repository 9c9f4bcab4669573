/** A hospital's own model: installed by the page in a browser (Electron asks with the system's dialog), made the default, compared, remembered by the case, and removed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { zipArchive } from '../fixtures/dicom/write-zip.ts';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';
const packageFolder = resolve(import.meta.dirname, '../fixtures/models/six-channel');
const ID = 'test-six-channel';

test('installed from a zip, compared with the built-in one, taken for a case that remembers it, and removed', async ({
  launch,
  dataFolder,
}) => {
  const zip = join(dataFolder, 'delivery.zip');
  const entries = readdirSync(packageFolder).map((name) => ({ name, bytes: readFileSync(join(packageFolder, name)) }));
  writeFileSync(zip, zipArchive(entries));

  const first = await launch();
  const { page } = first;
  const places = page.getByRole('navigation').getByRole('link');
  await places.last().click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('install-zip').click();
  await (await chooser).setFiles(zip);
  await expect(page.locator('.notice', { hasText: 'is installed' })).toBeVisible();
  await expect(page.getByTestId('compare-models')).toContainText(/AUC/);
  const card = page.locator(`[data-model="${ID}"]`);
  await expect(card.getByTestId('remove-model')).toBeVisible();

  await places.first().click();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.predictDemo();
  await page.getByTestId('compare-model').click();
  const compared = page.getByTestId('predictions-compared');
  await expect(compared).toContainText(ID);
  await expect(compared.getByRole('columnheader')).toHaveCount(2);
  // It stands in the report of a number that counts.
  await current.saveFirstCase(PASSPHRASE);
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByTestId('report').getByTestId('report-compared')).toContainText(ID);
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByTestId('take-comparison').click();
  await expect(page.getByTestId('case-model')).toHaveValue(ID);
  await current.save.click();
  await expect(current.save).toBeDisabled();

  await places.last().click();
  await card.getByTestId('make-default').click();
  await expect(card.getByTestId('make-default')).toHaveCount(0);
  await first.close();

  const second = await launch({ passphrase: PASSPHRASE });
  const again = second.page;
  await new CasesPage(again).open();
  await new CasePage(again).open('result');
  await expect(again.getByTestId('case-model')).toHaveValue(ID);
  // What the other model says of the same inputs is with the case; beside a withheld number the report does not say it.
  await expect(again.getByTestId('predictions-compared').getByRole('columnheader')).toHaveCount(2);
  await again.getByRole('link', { name: 'Report' }).click();
  await expect(again.getByTestId('report').getByTestId('report-result')).toContainText('Withheld');
  await expect(again.getByTestId('report').getByTestId('report-compared')).toHaveCount(0);
  await again.getByRole('navigation').getByRole('link').last().click();
  const kept = again.locator(`[data-model="${ID}"]`);
  await expect(kept.getByTestId('make-default')).toHaveCount(0);
  await kept.getByTestId('remove-model').click();
  await again.getByTestId('confirm-remove').click();
  await expect(kept).toHaveCount(0);
  await again.getByRole('navigation').getByRole('link').nth(1).click();
  await new CasePage(again).open('result');
  await expect(again.getByTestId('model-choice')).toContainText(/no longer installed/);
});
