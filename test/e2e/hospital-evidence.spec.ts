import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { loadHistory } from './pages/load-history.ts';

test('the closed courses of the hospital say whether the model holds: cohort, plots, figures, comparators', async ({
  launch,
}) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await expect(page.getByTestId('no-closed-courses')).toContainText('No closed course yet');
  await loadHistory(page);

  // Made up is said before any number, and on every drawing.
  await expect(page.getByTestId('evidence-simulated')).toContainText('Simulated cohort');
  for (const chart of ['roc', 'calibration', 'decision-curve', 'survival']) {
    await expect(page.getByTestId(`chart-${chart}`)).toContainText('simulated cohort · n = 57 · mRECIST');
  }
  const cohort = page.getByTestId('evidence-cohort');
  await expect(cohort).toContainText('Closed courses60');
  await expect(cohort).toContainText('withheld−3');
  await expect(page.getByTestId('evidence-precision')).toContainText('more cases would halve that');
  await expect(page.getByTestId('evidence-comparisons').getByRole('row', { name: /AFP/ })).toContainText('57');

  // A threshold taken from one chart holds in all of them.
  const before = await page.getByTestId('chart-survival').locator('h2').textContent();
  const calibration = page.getByTestId('chart-calibration').getByRole('slider');
  await calibration.focus();
  for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('evidence-threshold')).toHaveValue('0.3');
  await expect(page.getByTestId('chart-survival').locator('h2')).not.toHaveText(before ?? '');

  // What the outcomes ask of the model, and whether it goes on holding.
  const recalibration = page.getByTestId('recalibration');
  await expect(page.getByTestId('recalibration-offered')).toContainText(
    'ask for another intercept (57 cases, 32 with response): −0.64',
  );
  await expect(page.getByTestId('watch-alarms')).toContainText('Fewer responses than predicted');
  await page.getByTestId('recalibration-adopt').click();
  await expect(page.getByTestId('recalibration-in-force')).toContainText('version 1');
  await expect(page.getByTestId('recalibration-simulated')).toContainText('holds for made-up patients alone');
  // Its own validity is watched from now on, on who comes after those it was fitted on; the list says what was found.
  await expect(page.getByTestId('watch')).toContainText('evaluated cases after');
  await expect(page.getByTestId('watch')).toContainText('No alarm');
  await page.getByTestId('recalibration-withdraw').click();
  await expect(recalibration).toContainText('None in force');
  await expect(page.getByTestId('watch-alarms')).toBeVisible();
  await expect(page.getByTestId('watch')).toContainText('of such runs of 57 cases');
  await expect(page.getByTestId('chart-cusum')).toContainText('simulated cohort');

  // A curve beside the model's, and a criterion that this model does not predict.
  await page.getByRole('checkbox', { name: /AFP/ }).check();
  await expect(page.getByTestId('chart-roc').locator('svg')).toContainText('AFP');
  await page.getByTestId('evidence-recist-1.1').click();
  await expect(cohort).toContainText('model of another criterion−60');
  await expect(page.getByRole('status').filter({ hasText: 'Nobody is left' })).toBeVisible();
  await page.getByTestId('evidence-mrecist').click();
  await expect(page.getByTestId('watch-alarms')).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await expect(page.getByTestId('watch-in-list')).toContainText('simulated cohort · Fewer responses than predicted');
});

test('a filter says whom it leaves out, can be taken away, and leaves with the page', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await loadHistory(page);
  await expect(page.getByTestId('evidence-simulated')).toBeVisible();
  await page.getByText('Only', { exact: true }).click();
  await page.getByTestId('filter-line').selectOption('first');
  await expect(page.getByTestId('evidence-cohort')).toContainText('outside of the filters');

  const download = page.waitForEvent('download');
  await page.getByTestId('evidence-html').click();
  const html = await readFile(await (await download).path(), 'utf8');
  expect(html).toContain('Simulated cohort: every patient here is made up');
  expect(html).toContain('<td>outside of the filters</td>');
  expect(html).toContain('Only: first line');
  expect(html.match(/<svg/g)).toHaveLength(4);
  expect(html).not.toMatch(/SIM-HISTORY|SIMULATED\^/);

  await page.getByRole('button', { name: 'Remove the filter first line' }).click();
  await expect(page.getByTestId('evidence-cohort')).not.toContainText('outside of the filters');
});
