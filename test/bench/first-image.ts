/**
 * From the click that opens a study to the first image and to all of them: haicast, and beside it, in the same browser
 * and run, a bare page of six Cornerstone3D stack viewports that is handed sorted lists of the same files. Both have
 * their program there before the click. A pane counts when it was drawn with pixels of its series.
 *
 * usage: node test/bench/first-image.ts [RUNS]      needs `npm run build` and a browser (see test/runtime/machine/browser.ts)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { browserHost } from '../e2e/hosts/browser.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { installedBrowser } from '../runtime/machine/browser.ts';
import { servePeer } from './first-image/peer.ts';

const study = resolve(import.meta.dirname, '../../resources/demo/study');
const runs = Number(process.argv[2] ?? 5);
const PANES = 6;

/** Cornerstone tells every drawing at the element of its pane; the first of each element is kept, from the click on. */
const watchPanes = `(() => {
  const seen = new Map();
  globalThis.drawnPanes = [];
  addEventListener('click', (event) => { if (event.isTrusted) globalThis.clickedAt ??= event.timeStamp; }, { capture: true });
  addEventListener('CORNERSTONE_IMAGE_RENDERED', ({ target }) => {
    if (seen.has(target)) return;
    seen.set(target, true);
    requestAnimationFrame(() => globalThis.drawnPanes.push(performance.now() - globalThis.clickedAt));
  }, { capture: true });
})()`;

interface Times {
  first: number;
  all: number;
}

const measured = async (page: Page): Promise<Times> => {
  await page.waitForFunction(
    (panes) => (globalThis as never as { drawnPanes: number[] }).drawnPanes.length >= panes,
    PANES,
  );
  const drawn = await page.evaluate<number[]>('drawnPanes');
  return { first: Math.min(...drawn), all: drawn.toSorted((a, b) => a - b)[PANES - 1] ?? Number.NaN };
};

const ofHaicast = async (browser: Browser): Promise<Times> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  const app = await browserHost(browser)({ dataFolder });
  try {
    await app.page.addInitScript(watchPanes);
    await app.page.reload();
    const cases = new CasesPage(app.page);
    await cases.demo.waitFor();
    await app.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/CaseView-')),
    );
    // Idle thrice: the viewer is fetched, started and warm, as it is while somebody looks at the list.
    for (let idle = 0; idle < 3; idle += 1)
      await app.page.evaluate('new Promise((resolve) => requestIdleCallback(() => resolve()))');
    await cases.openDemo();
    return await measured(app.page);
  } finally {
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const ofPeer = async (browser: Browser, url: string): Promise<Times> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPanes);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.locator('#open').click();
    return await measured(page);
  } finally {
    await context.close();
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const executablePath = installedBrowser();
const peer = await servePeer(study);
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const times = { haicast: [] as Times[], peer: [] as Times[] };
for (let run = 0; run < runs; run += 1) {
  times.haicast.push(await ofHaicast(browser));
  times.peer.push(await ofPeer(browser, peer.url));
}
await browser.close();
peer.close();

const row = (name: keyof typeof times) => ({
  name,
  firstMs: Math.round(median(times[name].map(({ first }) => first))),
  allMs: Math.round(median(times[name].map(({ all }) => all))),
});
const rows = [row('haicast'), row('peer')];
console.table(rows);
console.log(JSON.stringify({ runs, rows, times }));
