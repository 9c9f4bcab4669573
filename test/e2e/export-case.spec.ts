/** A kept case leaves as objects for other systems: what was asked for, as a zip in the browser, with what could not be made said. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('a case is exported as what was chosen, and what cannot be made is said', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const current = new CasePage(page);
  await current.imagesShown();
  await current.confirmRoles.click();
  // Nothing to export before it is kept.
  await expect(page.getByTestId('export-case')).toHaveCount(0);
  await current.saveFirstCase('correct horse battery');
  await page.getByTestId('export-case').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('names the patient');
  for (const kind of ['json', 'csv']) await dialog.getByTestId(`export-kind-${kind}`).uncheck();
  const started = page.waitForEvent('download');
  await dialog.getByTestId('export-case-write').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('haicast-export.zip');
  const zip = await readFile(await download.path());
  for (const name of ['report.dcm', 'measurements.dcm', 'key-image-01.dcm', 'objects.dcm', 'case.fhir.json']) {
    expect(zip.includes(name), name).toBe(true);
  }
  // Not asked for, and not to be had without a prediction.
  expect(zip.includes('case.json')).toBe(false);
  expect(zip.includes('evidence-map.dcm')).toBe(false);
  await expect(dialog.getByTestId('export-case-not-made')).toContainText('there is no prediction in force');
  await expect(dialog.getByTestId('export-case-answer')).toContainText('on their way to your browser');

  // The same without the patient: what nobody has looked at for a name stays.
  await dialog.getByTestId('export-research').check();
  await expect(dialog).toContainText('Name and numbers are replaced');
  const again = page.waitForEvent('download');
  await dialog.getByTestId('export-case-write').click();
  const research = await readFile(await (await again).path());
  expect(research.includes('measurements.dcm')).toBe(true);
  expect(research.includes('report.dcm')).toBe(false);
  await expect(dialog.getByTestId('export-case-not-made')).toContainText('nobody has looked at its pages');

  await page.keyboard.press('Escape');
  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  await expect(page.getByRole('dialog')).toContainText('Case exported as objects');
});
