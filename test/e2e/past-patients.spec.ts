/** A hospital's past patients come in from its own table, and a simulated history is loaded and removed. */
import { expect, test } from './fixtures.ts';
import { CasesPage } from './pages/cases-page.ts';

const TABLE = `病案号,Name,Date,AFP (ng/mL),最大径,疗效,criterion,os_days,os_event,remark
A-1,Muster^Max,2024-03-14,412,60,PR,mRECIST,300,1,x
A-2,Muster^Eva,2024-04-14,many,60,SD,mRECIST,300,1,y
`;

test('a table is imported with its columns mapped, its bad line named, and taken back; a simulated history comes and goes', async ({
  launch,
}) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await page.getByTestId('import-table').click();
  await page.getByTestId('passphrase').fill('correct horse battery');
  await page.getByTestId('passphrase-again').fill('correct horse battery');
  await page.getByTestId('records-submit').click();
  await page.getByTestId('recovery-kept').click();
  const file = { name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) };
  await page.getByTestId('import-file').setInputFiles(file);
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 1. Refused: 1.');
  await expect(page.getByRole('dialog')).toContainText('Line 3');
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-done')).toContainText('One patient');
  await expect(cases.list).toContainText('mRECIST PR');
  await page.getByTestId('import-undo').click();
  await page.keyboard.press('Escape');
  await expect(cases.list).toBeHidden();

  await page.getByTestId('load-simulated').click();
  await expect(cases.list.locator('tbody tr')).toHaveCount(60, { timeout: 60_000 });
  await cases.list.locator('tbody tr').first().getByRole('button').first().click();
  await expect(page.getByTestId('simulated-course')).toBeVisible();
  await expect(page.getByTestId('course-closed')).toBeVisible();
  await page.getByRole('navigation').getByRole('link').first().click();
  await page.getByTestId('remove-simulated').click();
  await expect(page.getByTestId('load-simulated')).toBeVisible();
  await expect(cases.list).toBeHidden();
});
