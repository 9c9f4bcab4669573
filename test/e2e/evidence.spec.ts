import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { patients } from './patients-table.ts';

test('a table that is opened shows how good a score is, at a threshold taken from a chart', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await page.getByTestId('evidence-file').setInputFiles(patients);

  // Columns are taken by their names only; what is not called so is asked.
  await expect(page.getByTestId('column-outcome')).toHaveValue('outcome');
  await expect(page.getByTestId('column-score')).toHaveValue('probability');
  await expect(page.getByTestId('column-event')).toHaveValue('');
  await expect(page.getByTestId('chart-roc')).toContainText('AUC 0.938 (0.846–1.000)');
  await expect(page.getByTestId('chart-calibration')).toContainText('in the large −0.38 · slope 2.83');
  await expect(page.getByRole('row', { name: /^Sensitivity/ })).toContainText('0.750 (0.349 – 0.968)');
  await expect(page.getByTestId('few-events')).toContainText('8 events');
  await expect(page.getByText('Which lines are left out')).toBeVisible();

  await page.getByTestId('column-event').selectOption('progressed');
  await expect(page.getByTestId('chart-survival')).toContainText('log-rank P');
  await page.getByRole('checkbox', { name: 'reader' }).check();
  await expect(page.getByRole('row', { name: /^reader/ })).toContainText('P 0.14');

  // By keyboard: the chart is read with the arrows, and Enter takes the threshold everywhere.
  const calibration = page.getByTestId('chart-calibration').getByRole('slider');
  await calibration.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('evidence-threshold')).toHaveValue('0.49');
});

test('a chart leaves as its numbers and as a picture', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await page.getByTestId('evidence-file').setInputFiles(patients);
  const leave = async (name: string) => {
    const download = page.waitForEvent('download');
    await page.getByTestId('chart-roc').getByRole('button', { name }).click();
    return readFile(await (await download).path(), 'utf8');
  };
  expect(await leave('CSV')).toMatch(/^threshold,sensitivity,specificity/);
  expect(await leave('SVG')).toContain('http://www.w3.org/2000/svg');
});

test('a table that cannot be read says which cell, and one without events says so in every place', async ({
  launch,
}) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  const open = (content: string) =>
    page.getByTestId('evidence-file').setInputFiles({ ...patients, buffer: Buffer.from(content) });
  await open('outcome,probability\n1,0.4\n0,high');
  await expect(page.getByRole('alert')).toContainText('Line 3, column "probability": "high" is no number');
  await open('outcome,probability\n0,0.4\n0,0.2');
  await expect(page.getByTestId('chart-roc')).toContainText('No patient had the event');
  await expect(page.getByTestId('chart-roc').locator('svg')).toHaveCount(0);
});
