/** No English is left on the Chinese screens: two words of English in a row are a sentence that nobody translated. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

/** A command, as it is typed. */
const COMMANDS = ['haicast prepare', 'haicast verify'];
/** What the demonstration study is called in its own files. */
const STUDY = 'MRI liver with and without contrast';
/** What a driver said, which is quoted as it is and named so. */
const QUOTED = /（英文原文）：.*/g;

const english = async (page: Page): Promise<string[]> => {
  const text = (await page.locator('body').innerText()).replace(QUOTED, '').replace(STUDY, '');
  const titles = await page
    .locator('[title], [aria-label]')
    .evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('title') ?? ''}\n${one.getAttribute('aria-label') ?? ''}`),
    );
  const found = [text, ...titles].join('\n').match(/\b[a-z]{2,} [a-z]{2,}\b/g) ?? [];
  return found.filter((words) => !COMMANDS.includes(words));
};

test('in Chinese, result, report, models, evidence, list, keys and settings hold no English sentence', async ({
  launch,
}) => {
  const { page } = await launch();
  if ((await page.locator('html').getAttribute('lang')) !== 'zh-CN') await page.getByTestId('language').click();
  const current = new CasePage(page);
  await new CasesPage(page).openDemo();
  await current.imagesShown();
  await current.confirmRoles.click();
  await current.open('lesions');
  await page.getByTestId('demo-lesion').click();
  await current.open('factors');
  await current.fillFactor('afp', '>605000 ng/mL');
  expect(await english(page)).toEqual([]);
  await current.runPrediction();
  for (const group of await page.getByTestId('warnings').locator('summary').all()) await group.click();
  expect(await english(page)).toEqual([]);
  await current.open('factors');
  await current.chooseFactor('ecog', '4');
  await current.predict.click();
  await expect(page.getByTestId('withheld')).toBeVisible();
  expect(await english(page)).toEqual([]);
  await page.locator('a[href$="/report"]').click();
  await expect(page.getByTestId('report-unsaved')).toBeVisible();
  expect(await english(page)).toEqual([]);
  await page.getByTestId('report-unsaved').getByRole('button').click();
  await current.createRecords('correct horse battery');
  await expect(page.getByTestId('report')).toBeVisible();
  expect(await english(page)).toEqual([]);
  for (const place of ['evidence', 'models']) {
    await page.locator(`a[href$="/${place}"]`).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (place === 'models') await expect(page.getByTestId('provider-figures')).toBeVisible();
    expect(await english(page), place).toEqual([]);
  }
  await page.getByRole('navigation').locator('a[href="#/cases"]').click();
  await expect(page.getByTestId('bar-demo').or(page.getByTestId('open-demo')).first()).toBeVisible();
  expect(await english(page), 'cases').toEqual([]);
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
  expect(await english(page), 'keys').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByTestId('settings').click();
  await expect(dialog).toBeVisible();
  await expect(page.getByTestId('log-file')).toBeVisible();
  expect(await english(page), 'settings').toEqual([]);
});
