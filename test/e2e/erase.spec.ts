/** Erasing a case, or everything of a patient: only from the trash, only after a yes, and said in the audit log. */
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';

test('a case in the trash is erased after a yes, and the audit log says so', async ({ launch, keepDemo }) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const cases = new CasesPage(page);
  await page.getByTestId('case-trash').click();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await cases.list.getByRole('button', { name: 'Erase…' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Everything of it goes');

  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(1);
  await cases.list.getByRole('button', { name: 'Erase…' }).click();
  await page.getByTestId('confirm-erase').click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  // With nothing in the list and nothing in the trash there is a way into both.
  const show = page.getByRole('group', { name: 'Show' });
  await show.getByRole('button', { name: 'All' }).click();
  await expect(page.getByTestId('open-demo')).toBeVisible();
  await show.getByRole('button', { name: 'Trash' }).click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();

  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  await expect(page.getByTestId('audit').locator('tbody tr').first()).toContainText('Case erased');
});

test('everything of a patient goes from the list and the trash after a yes, and what backups still hold is said', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });
  const cases = new CasesPage(page);
  const current = new CasePage(page);
  // A second case of the same study, kept beside the first.
  await cases.openDemo();
  await current.confirmRoles.click();
  await current.save.click();
  await page.getByTestId('kept-separate').click();
  await page.getByRole('navigation').getByRole('link').first().click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(2);
  await cases.list.getByRole('button', { name: 'Move to trash' }).first().click();
  await page.getByRole('button', { name: 'Trash', exact: true }).click();
  await cases.list.getByRole('button', { name: 'Erase…' }).click();
  await page.getByTestId('erase-patient').click();
  const question = page.getByRole('dialog');
  await expect(question.getByTestId('patient-cases').locator('tbody tr')).toHaveCount(2);
  await expect(question.getByTestId('patient-cases')).toContainText('Same patient');
  await expect(question.getByTestId('patient-backups')).toContainText('backup');
  await expect(page.getByTestId('patient-erase')).toBeDisabled();
  await question.getByTestId('patient-sure').check();
  await page.getByTestId('patient-erase').click();
  await expect(question).toHaveCount(0);
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(page.getByTestId('open-demo')).toBeVisible();

  await page.getByTestId('settings').click();
  await page.getByTestId('audit-open').click();
  await expect(page.getByTestId('audit').locator('tbody tr').first()).toContainText('Patient erased');
});
