/** What names a patient is in the encrypted history and on the screen, and nowhere that others look: title, address, storage, files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';
/** Of the simulated patient, and what opens the history. */
const planted = ['SIM-0007', 'DEMO LIVER', 'DEMO^LIVER', PASSPHRASE];
const within = (text: string | Buffer): string[] => planted.filter((word) => text.includes(word));

/** What a page gives away to whoever looks over the window, into its history or into what it keeps. */
const givenAway = async (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([document.title, location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]),
  );

const filesWith = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => within(path).length > 0 || within(readFileSync(path)).length > 0);

test('a patient is named in no title, address, storage of the page or file of the data folder, also after a worker died', async ({
  launch,
  dataFolder,
}) => {
  const app = await launch({ dataFolder });
  const { page } = app;
  const cases = new CasesPage(page);
  const current = new CasePage(page);
  await cases.openDemo();
  await current.predictDemo();
  await current.saveFirstCase(PASSPHRASE);
  await expect(page.getByTestId('patient-banner')).toContainText('SIM-0007');
  expect(within(await givenAway(page))).toEqual([]);

  await page.locator('a[href="#/report"]').click();
  await expect(page.getByTestId('report')).toContainText('SIM-0007');
  expect(within(await givenAway(page))).toEqual([]);

  await app.killWorker('dicom');
  await page.getByRole('navigation').getByRole('link').first().click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  expect(within(await givenAway(page))).toEqual([]);
  await app.close();
  expect(filesWith(dataFolder)).toEqual([]);
});
