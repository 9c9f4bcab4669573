/** A hospital's past patients come in from its own table, and a simulated history is loaded and removed. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readTableFile } from '#shared/tables/table-file.ts';
import { PAST_PATIENTS, pastPatientsWorkbook, UNREADABLE } from '../fixtures/tables/past-patients.ts';
import { expect, test } from './fixtures.ts';
import { CasesPage } from './pages/cases-page.ts';

const TABLE = `病案号,Name,Date,AFP (ng/mL),最大径(mm),疗效,criterion,os_days,os_event,remark
A-1,Muster^Max,2024-03-14,412,60,PR,mRECIST,300,1,x
A-2,Muster^Eva,2024-04-14,many,60,SD,mRECIST,300,1,y
`;

const openImport = async (page: Page) => {
  await page.getByTestId('import-table').click();
  await page.getByTestId('passphrase').fill('correct horse battery');
  await page.getByTestId('passphrase-again').fill('correct horse battery');
  await page.getByTestId('records-submit').click();
  await page.getByTestId('recovery-kept').click();
};

test('a table is imported with its columns mapped, its bad line named, and taken back; a simulated history comes and goes', {
  tag: '@every-host',
}, async ({ launch }) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await openImport(page);
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

  // What came of them, said to be simulated, by one criterion at a time.
  await page.getByRole('navigation').getByRole('link', { name: 'Evidence' }).click();
  const chart = page.getByTestId('chart-waterfall-mrecist');
  await expect(chart).toContainText('simulated cohort');
  await expect(chart.locator('rect.patient')).not.toHaveCount(0);
  await page.getByTestId('waterfall-recist-1.1').click();
  await expect(page.getByTestId('chart-waterfall-recist-1.1')).toContainText('RECIST 1.1');
  await expect(chart).toBeHidden();

  await page.getByRole('navigation').getByRole('link').first().click();
  await page.getByTestId('remove-simulated').click();
  await expect(page.getByTestId('load-simulated')).toBeVisible();
  await expect(cases.list).toBeHidden();
});

test('a spreadsheet of 200 past patients is in within minutes: columns, units, criterion, bad lines, undo, and out again', {
  tag: '@every-host',
}, async ({ launch }) => {
  const { page } = await launch();
  const cases = new CasesPage(page);
  await openImport(page);
  await page.getByTestId('import-file').setInputFiles({
    name: 'past.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(pastPatientsWorkbook()),
  });
  const dialog = page.getByRole('dialog');
  // Nobody says by which criterion the responses were read: they are not kept by a guess.
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 0. Refused: 200.');
  await expect(page.getByTestId('import-sheet')).toHaveValue('HAIC');
  await page.getByTestId('import-criterion').selectOption('mRECIST');
  await expect(page.getByTestId('import-preview')).toContainText(`Would be kept: 197. Refused: ${UNREADABLE}.`);
  for (const place of ['Line 24, column AFP (ng/mL)', 'Line 94, column 疗效', 'Line 154, column 检查日期']) {
    await expect(dialog).toContainText(place);
  }
  await page.getByTestId('language').evaluate((button: HTMLElement) => button.click());
  await expect(dialog).toContainText('第 94 行，“疗效”列：“好转”不是 CR、PR、SD、PD 之一。');
  await expect(dialog).toContainText('第 24 行，“AFP (ng/mL)”列：');
  await page.getByTestId('language').evaluate((button: HTMLElement) => button.click());
  await expect(dialog.getByLabel('Total bilirubin (mg/dL)')).toHaveValue('bilirubin:mg/dL');
  await expect(dialog.getByLabel('备注')).toHaveValue('');
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-done')).toContainText(`${PAST_PATIENTS - UNREADABLE} patients`, {
    timeout: 60_000,
  });
  await page.getByTestId('import-undo').click();
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 197.');
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-done')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(cases.list).toContainText('患者199');
});

test('a patient of whom the records say something else is shown beside who is kept, and kept only when said to be the same', {
  tag: '@every-host',
}, async ({ launch }) => {
  const { page } = await launch();
  await openImport(page);
  const head = 'id,name,birth_date,date\n';
  const choose = (name: string, line: string) =>
    page.getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(head + line) });
  await choose('first.csv', 'A-1,Muster^Max,1960-03-14,2024-03-14\n');
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-done')).toBeVisible();
  await choose('second.csv', 'A-1,Muster^Max,1960-03-15,2025-03-14\n');
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 0.');
  const row = page.getByTestId('import-doubtful').locator('tbody tr');
  await expect(row).toContainText(/1960-03-15.*1960-03-14.*birth date/);
  await expect(page.getByTestId('import-run')).toBeDisabled();
  await row.getByRole('checkbox', { name: 'Line 2 is of the same patient' }).check();
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 1.');
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-done')).toContainText('One patient');
});

test('a file that is no table says what to do, and the page stays at hand', { tag: '@every-host' }, async ({
  launch,
}) => {
  const { page } = await launch();
  await openImport(page);
  const choose = (name: string, buffer: Buffer) =>
    page.getByTestId('import-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const alert = page.getByRole('dialog').getByRole('alert');
  await choose('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  await expect(alert).toContainText('Save it as XLSX');
  await choose('torn.xlsx', Buffer.from(pastPatientsWorkbook().subarray(0, 2_000)));
  await expect(alert).toContainText('damaged');
  await choose('fine.csv', Buffer.from(TABLE));
  await expect(page.getByTestId('import-preview')).toContainText('Would be kept: 1.');
  await expect(alert).toBeHidden();
});

/** In Electron the window asks where a file goes, which no test answers. */
test('what is exported and what is plotted leave as files that say that they are simulated', async ({ launch }) => {
  const { page } = await launch();
  await openImport(page);
  await page.keyboard.press('Escape');
  await page.getByTestId('load-simulated').click();
  await expect(page.getByTestId('remove-simulated')).toBeVisible({ timeout: 60_000 });

  await page.getByTestId('export-table').click();
  await page.getByTestId('export-xlsx').check();
  const exported = page.waitForEvent('download');
  await page.getByTestId('export-run').click();
  expect((await exported).suggestedFilename()).toBe('cohort-simulated.xlsx');
  const written = await readTableFile(readFileSync(await (await exported).path()));
  expect(written.table.lines).toHaveLength(60);
  expect(written.table.header).toEqual(expect.arrayContaining(['id', 'response', 'criterion', 'date', 'os_days']));

  await page.getByRole('navigation').getByRole('link', { name: 'Evidence' }).click();
  const plotted = page.waitForEvent('download');
  await page.getByTestId('chart-waterfall-mrecist').getByRole('button', { name: 'CSV' }).click();
  const rows = readFileSync(await (await plotted).path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(rows).toHaveLength(61);
  expect(rows.every((row, index) => index === 0 || /,mRECIST,.*,simulated$/.test(row))).toBe(true);
});
