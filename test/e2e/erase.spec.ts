/** Erasing a case: only from the trash, only after a yes, and said in the audit log. */
import { expect, test } from './fixtures.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';

test('a case in the trash is erased after a yes, and the audit log says so', async ({ launch }) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await cases.openDemo();
  const current = new CasePage(page);
  await current.confirmRoles.click();
  await current.saveFirstCase(PASSPHRASE);
  await page.getByRole('navigation').getByRole('link').first().click();
  await cases.list.getByRole('button', { name: 'Move to trash' }).click();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await cases.list.getByRole('button', { name: 'Erase…' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Everything of it goes');

  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  await cases.list.getByRole('button', { name: 'Erase…' }).click();
  await page.getByTestId('confirm-erase').click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();

  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  await expect(page.getByTestId('audit').locator('tbody tr').first()).toContainText('Case erased');
});
