/** The audit log as an auditor meets it: a verification in words, entries by filters, a file to hand over. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';

test('who did what is shown, filtered and saved, without a word of the patient', async ({ launch, keepDemo }) => {
  await keepDemo('confirmed');
  const { page } = await launch({ passphrase: PASSPHRASE });

  await page.getByTestId('settings').click();
  await page.getByTestId('records-verify').click();
  await expect(page.getByTestId('records-answer')).toContainText(
    /entry \(\d+\), case \(1\) and secret is as it was written/,
  );
  await page.getByTestId('records-verify-new').click();
  await expect(page.getByTestId('records-answer')).toContainText('What is older was not looked at again');

  await page.getByTestId('audit-open').click();
  const rows = page.getByTestId('audit').locator('tbody tr');
  await expect(rows.first()).toContainText('Records verified');
  await expect(rows.last()).toContainText('Records created');
  await page.getByTestId('audit-action').selectOption({ label: 'Case kept' });
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('roles: ');
  expect(await page.getByRole('dialog').innerText()).not.toMatch(/DEMO LIVER|SIM-0007/);
  await page.getByTestId('audit-until').fill('2000-01-01');
  await expect(page.getByText('No entry matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();

  const started = page.waitForEvent('download');
  await page.getByTestId('audit-export').click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('haicast-export.zip');
  const bytes = (await readFile(await download.path())).toString('latin1');
  expect(bytes).toMatch(/haicast-audit-[\dT-]+\.csv/);
  expect(bytes).toContain('case.created');
  expect(bytes).not.toMatch(/DEMO LIVER|DEMO\^LIVER|SIM-0007/);
  await expect(page.getByTestId('audit-written')).toContainText('Entries on their way');
  // That it left is an entry itself.
  await expect(rows.first()).toContainText('Audit log saved as CSV');
});
