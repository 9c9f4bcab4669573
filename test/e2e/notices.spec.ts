/** What the application tells stays readable and pressable in front of whatever dialog is open, and behind none. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

/** Whether a pointer at the middle of it meets it, and nothing that lies over it. */
const isInFront = (found: Locator): Promise<boolean> =>
  found.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

/** The live region lies in what is not inert: in the dialog in front, or beside the page where there is none. */
const regionOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const region = document.querySelector('[aria-live]:has(> [role])');
    const fronts = [...document.querySelectorAll('dialog:modal')];
    return region === null
      ? 'none'
      : fronts.at(-1)?.contains(region)
        ? 'in front'
        : fronts.length > 0
          ? 'inert'
          : 'page';
  });

test('a notice that is there when a dialog opens, or comes while it is open, is read and pressed there', {
  tag: '@every-host',
}, async ({ launch }) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await cases.openDemo();
  const current = new CasePage(page);
  await current.confirmRoles.click();
  await current.saveFirstCase('correct horse battery');
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await cases.list.locator('td.end button').last().click();
  const restore = page.getByRole('button', { name: 'Restore', exact: true });
  await expect(restore).toBeVisible();
  expect(await regionOf(page)).toBe('page');

  // It is worded when it is read, not when it was told.
  await page.getByTestId('language').click();
  await expect(page.getByRole('status').filter({ hasText: '病例已移至回收站。' })).toContainText('恢复');
  await page.getByTestId('language').click();

  for (const [name, key] of [
    ['keys', '?'],
    ['commands', 'Control+k'],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await expect(dialog, name).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Restore', exact: true }), name).toBeVisible();
    expect(await isInFront(restore), name).toBe(true);
    expect(await regionOf(page), name).toBe('in front');
    if (name === 'keys') await page.keyboard.press('Escape');
  }
  await restore.click();
  await expect(page.getByText('Case restored.')).toBeVisible();
  expect(await isInFront(page.getByText('Case restored.'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  expect(await regionOf(page)).not.toBe('inert');
});
