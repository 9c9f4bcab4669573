/**
 * How long a person waits: from choosing the demonstration study to six images on screen, and from `P` to the number, in
 * a real browser. The peer, in the same run, is the same browser opening an empty page.
 *
 * usage: node test/bench/screen.ts [RUNS]      needs `npm run build` and a browser (see test/runtime/machine/browser.ts)
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserHost } from '../e2e/hosts/browser.ts';
import { CasePage } from '../e2e/pages/case-page.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { installedBrowser } from '../runtime/machine/browser.ts';

const runs = Number(process.argv[2] ?? 5);
const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Resident memory of every process below this one, MiB, by what it runs. */
const memory = (): Record<string, number> => {
  const rows = execFileSync('ps', ['-A', '-o', 'rss=,args='], { encoding: 'utf8' }).split('\n');
  const sum = (pattern: RegExp) =>
    Math.round(
      rows.filter((row) => pattern.test(row)).reduce((total, row) => total + Number.parseInt(row, 10), 0) / 1024,
    );
  return {
    host: sum(/main\/loopback\.js/),
    dicom: sum(/dicom-worker\.js/),
    inference: sum(/inference-worker\.js/),
    browser: sum(/--type=renderer/),
  };
};

const executablePath = installedBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const times = {
  emptyPage: [] as number[],
  sixImages: [] as number[],
  firstPrediction: [] as number[],
  nextPrediction: [] as number[],
};
let mebibytes: Record<string, number> = {};

const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
  const started = performance.now();
  await work();
  into.push(performance.now() - started);
};

for (let run = 0; run < runs; run += 1) {
  await timed(times.emptyPage, async () => {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.close();
  });
  const dataFolder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  const app = await browserHost(browser)({ dataFolder });
  const current = new CasePage(app.page);
  const cases = new CasesPage(app.page);
  await cases.demo.waitFor();
  await timed(times.sixImages, async () => {
    await cases.openDemo();
    await current.imagesShown();
  });
  await current.confirmRoles.click();
  await app.page.getByTestId('demo-lesion').click();
  await timed(times.firstPrediction, () => current.runPrediction());
  const answered = () => app.page.waitForResponse((response) => response.url().endsWith('/api/prediction.run'));
  await timed(times.nextPrediction, async () => {
    await Promise.all([answered(), app.page.keyboard.press('p')]);
  });
  mebibytes = memory();
  await app.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
await browser.close();

const peer = median(times.emptyPage);
const rows = Object.entries(times).map(([name, values]) => ({
  name,
  medianMs: Math.round(median(values)),
  minMs: Math.round(Math.min(...values)),
  maxMs: Math.round(Math.max(...values)),
  ratioToEmptyPage: Number((median(values) / peer).toFixed(1)),
}));
console.table(rows);
console.table(mebibytes);
console.log(JSON.stringify({ runs, rows, mebibytes }));
