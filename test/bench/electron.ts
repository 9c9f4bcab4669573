/**
 * The packed application: cold start to a usable window and to the first image of the demonstration study, memory of each
 * process, longest block of main and page. Beside it an empty window of the same runtime, started in the same run.
 * `npm run test:electron` packs first; run under a display: `node test/bench/electron.ts [runs]`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { executableIn } from '../../scripts/package-application.mjs';
import { findTestRuntime } from '../runtime/electron/find.ts';
import { twinFolder } from '../runtime/electron/packed-folder.ts';

const twin = process.env.HAICAST_TWIN ?? executableIn(twinFolder());
const runs = Number(process.argv[2] ?? 5);
const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Samples the longest gap between timer ticks of 5 ms: what the loop could not answer in. */
const WATCH = `(() => { let last = performance.now(); globalThis.longest = 0; setInterval(() => {
  const now = performance.now(); globalThis.longest = Math.max(globalThis.longest, now - last - 5); last = now; }, 5); })()`;

const memory = (app: ElectronApplication) =>
  app.evaluate(({ app: electronApp }) =>
    Object.fromEntries(
      electronApp
        .getAppMetrics()
        .map((metric) => [
          metric.name ?? metric.serviceName ?? metric.type,
          Math.round(metric.memory.workingSetSize / 1024),
        ]),
    ),
  );

const start = async (executablePath: string, args: string[], dataFolder: string) => {
  const began = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: [...flags, ...args],
    env: { ...process.env, HAICAST_DATA: dataFolder, HAICAST_PASSPHRASE: '' },
  });
  const page = await app.firstWindow();
  return { app, page, began };
};

const emptyWindow = async (executable: string): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'haicast-empty-'));
  await writeFile(join(folder, 'package.json'), '{"name":"empty","version":"0.0.0","main":"main.mjs"}');
  await writeFile(
    join(folder, 'main.mjs'),
    `import { app, BrowserWindow } from 'electron'; app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<p id=p>x'));`,
  );
  const { app, page, began } = await start(executable, [folder], folder);
  await page.locator('#p').waitFor();
  const took = performance.now() - began;
  await app.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return took;
};

const block = async (app: ElectronApplication, page: Page, work: () => Promise<void>) => {
  const reset = 'void (globalThis.longest = 0)';
  await page.evaluate(reset);
  await app.evaluate(() => void Object.assign(globalThis, { longest: 0 }));
  await work();
  return {
    main: Math.round(await app.evaluate(() => (globalThis as { longest?: number }).longest ?? 0)),
    page: Math.round(await page.evaluate<number>('globalThis.longest')),
  };
};

const once = async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'haicast-bench-'));
  const { app, page, began } = await start(twin, [], dataFolder);
  await page.locator('header').first().waitFor();
  const usable = performance.now() - began;
  const idle = await memory(app);
  await page.evaluate(WATCH);
  await app.evaluate(() => {
    let before = performance.now();
    setInterval(() => {
      const now = performance.now();
      const { longest = 0 } = globalThis as { longest?: number };
      Object.assign(globalThis, { longest: Math.max(longest, now - before - 5) });
      before = now;
    }, 5);
  });
  const clicked = performance.now();
  const opening = await block(app, page, async () => {
    await page.getByTestId('open-demo').or(page.getByTestId('bar-demo')).first().click();
    await page.locator('[data-role="arterial"][data-state="ready"]').waitFor();
  });
  const firstImage = performance.now() - clicked;
  for (const role of ['portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase']) {
    await page.locator(`[data-role="${role}"][data-state="ready"]`).waitFor();
  }
  const opened = await memory(app);
  await page.getByTestId('confirm-roles').click();
  const lesions = page.getByTestId('step-lesions').locator('h2 button');
  if ((await lesions.getAttribute('aria-expanded')) === 'false') await lesions.click();
  await page.getByTestId('demo-lesion').click();
  const inference = await block(app, page, async () => {
    await page.getByTestId('predict').click();
    await page.getByTestId('probability').waitFor();
  });
  const predicted = await memory(app);
  await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  return { usable, firstImage, idle, opened, predicted, opening, inference };
};

const runtime = await findTestRuntime();
if (runtime.kind === 'none') throw new Error(runtime.reason);
const results: Awaited<ReturnType<typeof once>>[] = [];
const empty: number[] = [];
for (let run = 0; run < runs; run += 1) {
  empty.push(await emptyWindow(runtime.executable));
  results.push(await once());
}
const last = results.at(-1);
console.log(
  JSON.stringify(
    {
      runtime: runtime.note,
      runs,
      coldStartToUsableMs: Math.round(median(results.map((result) => result.usable))),
      emptyWindowMs: Math.round(median(empty)),
      demoToFirstImageMs: Math.round(median(results.map((result) => result.firstImage))),
      longestBlockMs: {
        scanAndDecode: {
          main: median(results.map((result) => result.opening.main)),
          page: median(results.map((result) => result.opening.page)),
        },
        inference: {
          main: median(results.map((result) => result.inference.main)),
          page: median(results.map((result) => result.inference.page)),
        },
      },
      memoryMiB: { idle: last?.idle, studyOpen: last?.opened, afterPrediction: last?.predicted },
    },
    null,
    2,
  ),
);
process.exit(0);
