/**
 * Scrolling, windowing and switching the evidence map on six linked panes of 256 × 256 × 60: frames, long tasks and work of the
 * main thread for each step, and the memory of page and host; beside a bare page of six Cornerstone3D stack viewports with the
 * same files, in the same run. One step is taken in every frame. `mainMs` is processor time of the page's main thread for one
 * step, which other programs do not lengthen.
 *
 * usage: node test/bench/scroll.ts [RUNS]      needs `npm run build` and a browser (see test/runtime/machine/browser.ts)
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { modelRoles } from '#shared/study/roles.ts';
import { openPage } from '../e2e/hosts/browser.ts';
import { startLoopback } from '../e2e/hosts/loopback.ts';
import { treeOf } from '../e2e/hosts/processes.ts';
import { CasePage } from '../e2e/pages/case-page.ts';
import { CasesPage } from '../e2e/pages/cases-page.ts';
import type { ElementSpec } from '../fixtures/dicom/write-dicom.ts';
import { liverStudy } from '../fixtures/dicom/write-liver-study.ts';
import { installedBrowser } from '../runtime/machine/browser.ts';
import { withOwnPriority } from './first-image/browser-processes.ts';
import { servePeer } from './first-image/peer.ts';
import { type Steps, stepper } from './scroll/in-page.ts';

const runs = Number(process.argv[2] ?? 3);
const STEPS = 120;
const PANES = 6;
const MEGABYTE = 1024 ** 2;

/** A T2 is recognised by its times, and not by its name alone. */
const t2Times: ElementSpec[] = [
  ['0018,0080', 'DS', '3000'],
  ['0018,0081', 'DS', '85'],
];
const large = { size: 256, slices: 60, extra: (role: string) => (role === 't2' ? t2Times : []) };

const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
const study = join(folder, 'study');
for (const { name, bytes } of liverStudy(modelRoles, {}, large)) {
  mkdirSync(dirname(join(study, name)), { recursive: true });
  writeFileSync(join(study, name), bytes);
}

/** Proportional memory now, and the most that was resident at any time, of processes; bytes. */
const memoryOf = (ids: readonly number[]): { pss: number; peak: number } => {
  const sum = (file: string, name: string) =>
    ids.reduce((all, id) => {
      const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${id}/${file}`, 'utf8'));
      return all + 1024 * Number(line?.[1] ?? 0);
    }, 0);
  return { pss: sum('smaps_rollup', 'Pss'), peak: sum('status', 'VmHWM') };
};

const renderersOf = async (browser: Browser): Promise<number[]> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
};

const mainSeconds = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
};

type Row = Steps & { name: string; kind: string; mainMs: number };

const steps = async (page: Page, name: string, kind: 'scroll' | 'window' | 'map', selector: string): Promise<Row> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainSeconds(session);
  const found = await page.evaluate<Steps>(`takeSteps('${kind}', '${selector}', ${STEPS})`);
  const mainMs = ((await mainSeconds(session)) - before) * (1000 / STEPS);
  await session.detach();
  return { name, kind, ...found, mainMs };
};

const executablePath = installedBrowser();
const launched = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });

interface Found {
  rows: Row[];
  page: { pss: number; peak: number };
  host?: { pss: number; peak: number };
}

const STAGE = '[data-role="arterial"] .stage';

const ofHaicast = async (): Promise<Found> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  const browser = await launched();
  const server = await startLoopback({ dataFolder, arguments: [study] });
  const app = await openPage(browser, server, { url: 'about:blank', size: { width: 1280, height: 800 } });
  try {
    await app.page.addInitScript(stepper);
    await app.page.goto(server.url);
    const ready = app.page.locator('[data-state="ready"]:not([data-waiting])');
    await ready.nth(PANES - 1).waitFor();
    await app.page.getByTestId('pane-rest').first().waitFor({ state: 'detached' });
    await withOwnPriority(browser);
    const rows = [await steps(app.page, 'haicast', 'scroll', STAGE), await steps(app.page, 'haicast', 'window', STAGE)];
    return {
      rows,
      page: memoryOf(await renderersOf(browser)),
      host: memoryOf(treeOf(server.process.pid ?? 0)),
    };
  } finally {
    await app.close();
    await browser.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

/** The map, which only a prediction has: on the demonstration study. */
const ofMap = async (): Promise<Found> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  const browser = await launched();
  const server = await startLoopback({ dataFolder });
  const app = await openPage(browser, server, { url: 'about:blank', size: { width: 1280, height: 800 } });
  try {
    await app.page.addInitScript(stepper);
    await app.page.goto(server.url);
    await new CasesPage(app.page).openDemo();
    await new CasePage(app.page).predictDemo();
    await app.page.getByTestId('map-bar').waitFor();
    await withOwnPriority(browser);
    return {
      rows: [
        await steps(app.page, 'haicast', 'map', STAGE),
        { ...(await steps(app.page, 'haicast', 'scroll', STAGE)), kind: 'scroll, map' },
      ],
      page: memoryOf(await renderersOf(browser)),
    };
  } finally {
    await app.close();
    await browser.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const ofPeer = async (url: string): Promise<Found> => {
  const browser = await launched();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(stepper);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.locator('#open').click();
    await page
      .locator('#panes canvas')
      .nth(PANES - 1)
      .waitFor();
    await page.waitForFunction(() => 'allLoaded' in globalThis);
    await withOwnPriority(browser);
    const rows = [
      await steps(page, 'bare page', 'scroll', '#panes > :first-child'),
      await steps(page, 'bare page', 'window', '#panes > :first-child'),
    ];
    return { rows, page: memoryOf(await renderersOf(browser)) };
  } finally {
    await browser.close();
  }
};

const peer = await servePeer(study);
const found: Record<'haicast' | 'bare page' | 'with map', Found[]> = { haicast: [], 'bare page': [], 'with map': [] };
for (let run = 0; run < runs; run += 1) {
  found.haicast.push(await ofHaicast());
  found['bare page'].push(await ofPeer(peer.url));
  found['with map'].push(await ofMap());
}
peer.close();
rmSync(folder, { recursive: true, force: true });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rounded = (value: number): number => Math.round(value * 10) / 10;

const all = Object.values(found).flat();
const named = Map.groupBy(
  all.flatMap(({ rows }) => rows),
  ({ name, kind }) => `${name}: ${kind}`,
);
console.table(
  [...named].map(([name, rows]) => ({
    name,
    p50: rounded(median(rows.map(({ p50 }) => p50))),
    p95: rounded(median(rows.map(({ p95 }) => p95))),
    longestTask: Math.round(median(rows.map(({ longestTask }) => longestTask))),
    longTasks: median(rows.map(({ longTasks }) => longTasks)),
    mainMs: rounded(median(rows.map(({ mainMs }) => mainMs))),
    drawingsAStep: rounded(median(rows.map(({ drawingsAStep }) => drawingsAStep))),
  })),
);
const megabytes = (list: readonly Found[], of: 'page' | 'host', kind: 'pss' | 'peak') =>
  Math.round(median(list.map((one) => one[of]?.[kind] ?? Number.NaN)) / MEGABYTE);
console.table(
  (['haicast', 'bare page'] as const).flatMap((name) =>
    (['page', 'host'] as const).flatMap((of) =>
      found[name][0]?.[of]
        ? [{ name, of, pssMb: megabytes(found[name], of, 'pss'), peakMb: megabytes(found[name], of, 'peak') }]
        : [],
    ),
  ),
);
console.log(JSON.stringify({ runs, load: loadavg(), found }));
