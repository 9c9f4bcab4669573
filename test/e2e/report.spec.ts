/** The report in the window is the report of its file: on screen, as PDF, as HTML and on paper. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Vault } from '../../src/main/cases/vault.ts';
import { readReport } from '../../src/main/reports/embedded-report.ts';
import { sampleCase } from '../unit/main/cases/sample-case.ts';
import { fullPrediction, reportPictures, savedCase } from '../unit/main/reports/report-case.ts';
import { expect, test } from './fixtures.ts';
import { CasesPage } from './pages/cases-page.ts';

const PASSPHRASE = 'correct horse battery';
const root = resolve(import.meta.dirname, '../..');
const hasPoppler = spawnSync('pdfinfo', ['-v']).error === undefined;

/** A case with every factor, five lesions, eight warnings and twelve pictures; its study is not at hand. */
const keepFullCase = async (folder: string): Promise<string> => {
  const vault = new Vault({ folder, actor: () => 'Dr B' });
  await vault.start();
  await vault.create({ passphrase: PASSPHRASE });
  const { keyImages, lesions, factors, roles, note } = savedCase();
  const pictures = Object.fromEntries([...reportPictures()].map(([key, { bytes }]) => [key, new Uint8Array(bytes)]));
  const prediction = fullPrediction();
  const { id } = vault
    .store()
    .save(sampleCase({ keyImages, pictures, lesions, factors, roles, note, prediction, baseRate: 0.3 }), 'Dr B');
  vault.close();
  return id;
};

const openReport = async (page: Page) => {
  await new CasesPage(page).list.getByRole('button', { name: /^(Report|报告)/ }).click();
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('report').getByTestId('key-image')).toHaveCount(12);
};

const saved = async (page: Page, format: 'pdf' | 'html'): Promise<Buffer> => {
  const started = page.waitForEvent('download');
  await page.getByTestId(`report-${format}`).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe(`haicast-report.${format}`);
  return readFileSync(await download.path());
};

const paper = async (page: Page, folder: string): Promise<string> => {
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  return file;
};
const pagesOf = (file: string): number =>
  Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1]);
const wordsOf = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
const dense = (text: string): string => text.replaceAll(/\s+/g, '');

test(`the fullest report: on screen what its file says, on one white page, in both languages, and the file what the command writes${hasPoppler ? '' : ' (left out: poppler, which counts the pages)'}`, async ({
  launch,
  dataFolder,
}) => {
  const id = await keepFullCase(dataFolder);
  const app = await launch({ passphrase: PASSPHRASE });
  const { page } = app;
  await openReport(page);
  const report = page.getByTestId('report');
  await expect(page.getByTestId('report-appendix')).toHaveCount(0);
  await expect(report).toHaveCSS('color', 'rgb(17, 17, 17)');

  for (const language of ['zh-CN', 'en'] as const) {
    await page.getByTestId('report-language').selectOption(language);
    await expect(report).toHaveAttribute('lang', language, { timeout: 60_000 });
    await expect(report.getByTestId('key-image')).toHaveCount(12);
    // Every word of the file is on the screen, and no other.
    const html = (await saved(page, 'html')).toString('utf8');
    const file = await page.context().newPage();
    await file.setContent(html.replace(/<script.*<\/script>/s, ''));
    const [said, shown] = await Promise.all([file.locator('main').textContent(), report.textContent()]);
    await file.close();
    const number = dense(language === 'en' ? 'Page 1 of 1' : '第 1 页，共 1 页');
    expect(dense(shown ?? '')).toBe(dense(said ?? '') + number);
    if (!hasPoppler) continue;
    let printed = '';
    for (const size of [
      { width: 1920, height: 1080 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(size);
      await expect(report).toHaveAttribute('data-settled', 'true');
      printed = await paper(page, dataFolder);
      expect(pagesOf(printed)).toBe(1);
    }
    expect(wordsOf(printed)).not.toContain('Ctrl');
    // A machine may have no font with Chinese letters: then the page shows boxes for them, and its print has no words.
    if (language !== 'en') continue;
    for (const title of await report.getByRole('heading').allInnerTexts()) {
      expect(dense(wordsOf(printed))).toContain(dense(title));
    }
  }

  await page.getByTestId('report-with-appendix').check();
  await expect(page.getByTestId('report-appendix')).toBeVisible();
  if (hasPoppler) expect(pagesOf(await paper(page, dataFolder))).toBe(2);
  const pdf = await saved(page, 'pdf');
  expect(readReport(pdf)).toMatchObject({ format: 'pdf', isIntact: true });
  const hash = /[0-9a-f]{64}/.exec((await page.getByTestId('report-foot').textContent()) ?? '')?.[0];
  await app.close();
  const out = join(dataFolder, 'command.pdf');
  const command = execFileSync(
    process.execPath,
    [join(root, 'src/main/hosts/cli/main.ts'), 'report', id, '-o', out, '--language', 'en', '--appendix'],
    { env: { ...process.env, HAICAST_DATA: dataFolder, HAICAST_PASSPHRASE: PASSPHRASE }, encoding: 'utf8' },
  );
  expect(command).toContain(`content ${hash}`);
  expect(readFileSync(out).equals(pdf)).toBe(true);
});
