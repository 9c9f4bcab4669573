/** Two tabs of one browser: each has its own work, and neither saves over the other unseen. */
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('tabs of one browser have their own work, offered to the next one when they are closed; the second save of one case shows both sides', async ({
  launch,
}) => {
  const { page } = await launch();
  const address = new URL('/', page.url()).href;
  const tab = async () => {
    const opened = await page.context().newPage();
    await opened.goto(address);
    return opened;
  };
  await new CasesPage(page).openDemo();
  const first = new CasePage(page);
  await first.open('factors');
  await first.fillFactor('afp', '11');
  const other = await tab();

  await test.step('each of two tabs comes back to its own work', async () => {
    await new CasesPage(other).openDemo();
    const second = new CasePage(other);
    await second.open('factors');
    await second.fillFactor('afp', '22');
    for (const [one, value] of [
      [page, '11'],
      [other, '22'],
    ] as const) {
      await one.reload();
      await new CasePage(one).open('factors');
      await expect(one.getByTestId('factor-afp').getByRole('textbox')).toHaveValue(value);
    }
  });

  await test.step('two tabs have two drafts; the second save of one case shows both sides', async () => {
    await first.open('images');
    await first.confirmRoles.click();
    await first.saveFirstCase(PASSPHRASE);
    const third = await tab();
    // Nothing of the first tab's work is here.
    await new CasesPage(third).open();
    const again = new CasePage(third);
    await again.open('factors');
    await again.fillFactor('afp', '99');
    await again.save.click();
    await expect(again.save).toBeDisabled();

    await first.open('factors');
    await first.fillFactor('afp', '17');
    await first.save.click();
    const conflict = page.getByTestId('conflict');
    await expect(conflict.locator('[data-part="factors.afp"]')).toContainText('17');
    await expect(conflict.locator('[data-part="factors.afp"]')).toContainText('99');
    await conflict.locator('[data-part="factors.afp"]').getByRole('radio').nth(1).check();
    await expect(first.save).toBeEnabled();
    await page.getByTestId('conflict-save').click();
    // Not by its message: that of the first saving may still stand there.
    await expect(first.save).toBeDisabled();
    await expect(page.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('99');
    await third.close();
  });

  await test.step('work of a tab that was closed without saving is offered to the next one', async () => {
    const last = await page.context().newPage();
    await other.close();
    await last.goto(address);
    await last.getByRole('button', { name: 'Go on with it' }).click();
    await new CasePage(last).open('factors');
    await expect(last.getByTestId('factor-afp').getByRole('textbox')).toHaveValue('22');
  });
});
