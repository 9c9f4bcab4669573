/** A reader study from its beginning to its results: read without the model, then with it, and told nothing else meanwhile. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { PASSPHRASE } from './hosts/kept-demo.ts';
import { CasePage } from './pages/case-page.ts';
import { CasesPage } from './pages/cases-page.ts';
import { loadHistory } from './pages/load-history.ts';
import { ReadersPage } from './pages/readers-page.ts';

test('two cases are read without the model, then with it; until then list and evidence say nothing of them', async ({
  launch,
}) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await loadHistory(page);
  await expect(page.getByTestId('evidence-cohort')).toContainText('Closed courses60');
  const readers = new ReadersPage(page);
  await readers.open();
  await expect(page.getByTestId('no-reader-studies')).toBeVisible();
  await readers.begin({ name: 'Readers and model', cases: 2 });
  await expect(page.getByTestId('study-covers')).toBeVisible();
  await expect(page.getByTestId('study-results')).toBeDisabled();

  // Everywhere else these two are covered.
  await page.getByRole('navigation').getByRole('link', { name: 'Evidence' }).click();
  await expect(page.getByTestId('evidence-cohort')).toContainText('Closed courses58');
  await expect(page.getByTestId('cohort-in-study')).toContainText('2');
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await expect(page.getByText('Covered: you read it in a reader study')).toHaveCount(2);

  // The first reading, by keys alone.
  await readers.open();
  await readers.read();
  await expect(page.getByTestId('reading-covered')).toBeVisible();
  await expect(page.getByTestId('reading-probability')).toBeFocused();
  await readers.lock('30', 4);
  await expect(page.getByTestId('locked-reading')).toContainText('30%');
  // Now the model, and the second look.
  await expect(page.getByTestId('reading-model')).toContainText(/model simulated-history|withheld/);
  await readers.lock('60', 3);
  await expect(page.getByTestId('locked-reading')).toHaveCount(2);
  await expect(page.getByTestId('reading-done')).toHaveText('1 of 2 done');
  await page.getByTestId('next-reading').click();
  await expect(page.getByTestId('reading-done')).toHaveText('1 of 2 done');
  await readers.lock('80', 5);
  await readers.lock('80', 5);
  await expect(page.getByTestId('reading-through')).toBeVisible();

  // Through: results, and everything is told again.
  await readers.open();
  await page.getByTestId('study-results').click();
  await expect(page.getByTestId('results-simulated')).toContainText('Made-up patients');
  await expect(page.getByTestId('results-flow')).toContainText('read by every reader who is counted2');
  const download = page.waitForEvent('download');
  await page.getByTestId('readings-csv').click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.trim().split('\n')).toHaveLength(5);
  expect(csv).toContain(',first,0.3,4,');
  expect(csv).not.toMatch(/SIM-HISTORY|SIMULATED\^/);
  await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click();
  await expect(page.getByText('Covered: you read it in a reader study')).toHaveCount(0);
});

test('who leaves is told everything again, and is named in the results as broken off', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Evidence' }).click();
  await loadHistory(page);
  const readers = new ReadersPage(page);
  await readers.open();
  await readers.begin({ name: 'Broken off', cases: 2 });
  await page.getByTestId('study-leave').click();
  await page.getByTestId('leave-reason').fill('on leave');
  await page.getByTestId('end-study').click();
  await expect(page.getByTestId('reader-study')).toContainText('left');
  await page.getByTestId('study-results').click();
  await expect(page.getByTestId('results-broken-off')).toBeVisible();
});

test('a case with its study at hand is read on its images, without the patient or the model, and then with the model', async ({
  launch,
  keepDemo,
}) => {
  await keepDemo('predicted');
  const { page } = await launch({ passphrase: PASSPHRASE });
  await new CasesPage(page).open();
  const current = new CasePage(page);
  await current.open('result');
  const number = (await current.probability.textContent())?.trim() ?? '';
  const readers = new ReadersPage(page);
  await readers.open();
  await readers.begin({ name: 'On images', cases: 1 });
  await readers.read();
  await page.getByTestId('reading-live').click();
  await expect(page.getByTestId('live-panes').locator('.pane[data-state="ready"]')).toHaveCount(6, { timeout: 60_000 });
  const words = await page.locator('main').ariaSnapshot();
  expect(number).toMatch(/\d/);
  for (const told of [number, 'DEMO LIVER', 'SIM-0007']) expect(words).not.toContain(told);
  await page.getByTestId('leave-live').click();
  await readers.lock('40', 3);
  await expect(page.getByTestId('reading-model')).toContainText(number);
});
