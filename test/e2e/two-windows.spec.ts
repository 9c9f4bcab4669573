/** Two tabs of one browser: each has its own work, and neither saves over the other unseen. */
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

test('two tabs have two drafts; the second save of one case shows both sides', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const first = new CasePage(page);
  await first.confirmRoles.click();
  await first.saveFirstCase(PASSPHRASE);

  const other = await page.context().newPage();
  await other.goto(new URL('/', page.url()).href);
  // Nothing of the first tab's work is here.
  await new CasesPage(other).open();
  const second = new CasePage(other);
  await second.open('factors');
  await second.fillFactor('afp', '99');
  await second.save.click();
  await expect(second.save).toBeDisabled();

  await first.open('factors');
  await first.fillFactor('afp', '11');
  await first.save.click();
  const conflict = page.getByTestId('conflict');
  await expect(conflict.locator('[data-part="factors.afp"]')).toContainText('11');
  await expect(conflict.locator('[data-part="factors.afp"]')).toContainText('99');
  await conflict.locator('[data-part="factors.afp"]').getByRole('radio').nth(1).check();
  await expect(first.save).toBeEnabled();
  await page.getByTestId('conflict-save').click();
  // Not by its message: that of the first saving may still stand there.
  await expect(first.save).toBeDisabled();
  await expect(page.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('99');
});

test('each of two tabs comes back to its own work', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const first = new CasePage(page);
  await first.open('factors');
  await first.fillFactor('afp', '11');
  const other = await page.context().newPage();
  await other.goto(new URL('/', page.url()).href);
  await new CasesPage(other).openDemo();
  const second = new CasePage(other);
  await second.open('factors');
  await second.fillFactor('afp', '22');
  for (const [tab, value] of [
    [page, '11'],
    [other, '22'],
  ] as const) {
    await tab.reload();
    await new CasePage(tab).open('factors');
    await expect(tab.getByTestId('factor-afp').getByRole('textbox')).toHaveValue(value);
  }
});

test('work of a tab that was closed without saving is offered to the next one', async ({ launch }) => {
  const { page } = await launch();
  await new CasesPage(page).openDemo();
  const first = new CasePage(page);
  await first.open('factors');
  await first.fillFactor('afp', '17');
  const other = await page.context().newPage();
  const address = new URL('/', page.url()).href;
  await page.close();
  await other.goto(address);
  await other.getByRole('button', { name: 'Go on with it' }).click();
  const second = new CasePage(other);
  await second.open('factors');
  await expect(other.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('17');
});
