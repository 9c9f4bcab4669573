/**
 * From the click that opens a study to the first readable slice, to all panes readable and to every slice in the page:
 * haicast, and beside it, in the same run, a bare page of six Cornerstone3D stack viewports that is handed sorted lists of
 * the same files, and NiiVue, which is handed them as NIfTI and shows a series when all of it is there. All have their
 * program there before the click, and each run a browser of its own. A pane counts when it
 * was drawn with pixels of its series. `cpuMs` is processor time of the browser's processes from the click until all panes
 * are drawn, which other programs lengthen little; `hostCpuMs` that of haicast's host and its workers.
 *
 * usage: node test/bench/first-image.ts [RUNS]      needs `npm run build`, a browser (see test/runtime/machine/browser.ts) and
 * the npm registry
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openPage } from '../e2e/hosts/browser.ts';
import { startLoopback } from '../e2e/hosts/loopback.ts';
import { childrenOf } from '../e2e/hosts/processes.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import { installedBrowser } from '../runtime/machine/browser.ts';
import { takenBy, withOwnPriority } from './first-image/browser-processes.ts';
import { type Noted, watcher } from './first-image/in-page.ts';
import { serveNiivue } from './first-image/niivue-peer.ts';
import { servePeer } from './first-image/peer.ts';

const study = resolve(import.meta.dirname, '../../resources/demo/study');
const runs = Number(process.argv[2] ?? 5);
const PANES = 6;
/** Nobody clicks sooner after what they see to click on. */
const LOOKED_AT_MS = 1_500;
const MEGABYTE = 1024 ** 2;

interface Figures {
  firstMs: number;
  allMs: number;
  completeMs: number;
  cpuMs: number;
  hostCpuMs: number;
  pageMb: number;
  drawingMb: number;
  /** From the navigation until the list answers a click; of haicast. */
  listMs: number;
}

const executablePath = installedBrowser();

const inBrowser = async <T>(work: (browser: Browser) => Promise<T>): Promise<T> => {
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
};

/** Of a process and those that it started, ms; Linux counts in hundredths of a second. */
const hostCpuMs = (id: number): number =>
  [id, ...childrenOf(id).map((child) => child.id)].reduce((sum, one) => {
    const [user = 0, system = 0] =
      readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11).map(Number) ?? [];
    return sum + (user + system) * 10;
  }, 0);

const measured = async (
  { browser, page, host }: { browser: Browser; page: Page; host: number | undefined },
  click: () => Promise<void>,
): Promise<Omit<Figures, 'listMs'>> => {
  await page.waitForTimeout(LOOKED_AT_MS);
  await withOwnPriority(browser);
  const before = await takenBy(browser);
  const hostBefore = host === undefined ? Number.NaN : hostCpuMs(host);
  await click();
  await page.waitForFunction(() => 'noted' in globalThis, undefined, { polling: 50 });
  const { drawn, completeMs } = await page.evaluate<Noted>('noted');
  const after = await takenBy(browser);
  return {
    firstMs: Math.min(...drawn),
    allMs: Math.max(...drawn),
    completeMs,
    cpuMs: after.cpuMs - before.cpuMs,
    hostCpuMs: host === undefined ? Number.NaN : hostCpuMs(host) - hostBefore,
    pageMb: after.pageBytes / MEGABYTE,
    drawingMb: after.drawingBytes / MEGABYTE,
  };
};

const ofHaicast = (): Promise<Figures> =>
  inBrowser(async (browser) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
    const server = await startLoopback({ dataFolder });
    const app = await openPage(browser, server, { url: 'about:blank', size: { width: 1280, height: 800 } });
    const { page } = app;
    try {
      const whole = `document.querySelectorAll('.pane[data-state="ready"]').length >= ${PANES} && !document.querySelector('[data-testid="pane-rest"]')`;
      await page.addInitScript(watcher(PANES, whole));
      await withOwnPriority(browser);
      await page.goto(server.url);
      const { demo } = new CasesPage(page);
      await demo.click({ trial: true });
      const listMs = await page.evaluate(() => performance.now());
      // As it is while somebody looks at the list: models are known, the viewer is fetched and gets warm.
      for (const needed of ['/api/models.list', '/CaseView-', '/warm-viewer-'])
        await page.waitForFunction(
          (part) => performance.getEntriesByType('resource').some(({ name }) => name.includes(part)),
          needed,
        );
      return { ...(await measured({ browser, page, host: server.process.pid }, () => demo.click())), listMs };
    } finally {
      await app.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });

const ofPeer = (url: string): Promise<Figures> =>
  inBrowser(async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(watcher(PANES, 'globalThis.allLoaded'));
    await page.goto(url, { waitUntil: 'networkidle' });
    const figures = await measured({ browser, page, host: undefined }, () => page.locator('#open').click());
    return { ...figures, listMs: Number.NaN };
  });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const peer = await servePeer(study);
const niivue = await serveNiivue(study);
const found = { haicast: [] as Figures[], 'bare page': [] as Figures[], niivue: [] as Figures[] };
for (let run = 0; run < runs; run += 1) {
  found.haicast.push(await ofHaicast());
  found['bare page'].push(await ofPeer(peer.url));
  found.niivue.push(await ofPeer(niivue.url));
}
peer.close();
niivue.close();

const NAMES = ['firstMs', 'allMs', 'completeMs', 'cpuMs', 'hostCpuMs', 'pageMb', 'drawingMb', 'listMs'] as const;
const rows = Object.entries(found).map(([name, list]) => ({
  name,
  ...Object.fromEntries(NAMES.map((figure) => [figure, Math.round(median(list.map((one) => one[figure])))])),
}));
console.table(rows);
console.log(JSON.stringify({ runs, load: loadavg().map(Math.round), rows, found }));
