/** Serves the viewer's page and reads what it shows. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { build, type PreviewServer, preview } from 'vite';
import type { Mark } from '#shared/study/mark.ts';
import { withLock } from '../../runtime/machine/cache-folder.ts';

const configFile = resolve(import.meta.dirname, 'page/vite.config.ts');
const folder = resolve(import.meta.dirname, '../../../out/viewer-harness');
/** Says for which run the page was built. */
const stamp = join(folder, 'run');

/** Once in a run: another worker's build would empty the folder under a page that is just opened. All workers have one parent. */
const buildPage = (): Promise<void> =>
  withLock(`${folder}.lock`, async () => {
    const run = String(process.ppid);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === run) return;
    await build({ configFile });
    writeFileSync(stamp, run);
  });

export const servePage = async (): Promise<{ url: string; close(): Promise<void> }> => {
  await buildPage();
  const server: PreviewServer = await preview({ configFile, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the page is served nowhere');
  return { url, close: () => server.close() };
};

/** What the page's part of the harness keeps (`page/main.ts`). */
export interface PageState {
  drawn: number;
  changed: number;
  selected: string | undefined;
  errors: string[];
  lesions: { id: string; seriesId: string; sopInstanceUID?: string; longAxis: number[][]; shortAxis?: number[][] }[];
  marks: Mark[];
  cancelled: string[];
  /** Bytes that were asked for, `<series>` or `<series>/<slice>`, in order. */
  asked: string[];
}

export const stateOf = (page: Page): Promise<PageState> =>
  page.evaluate(
    `({ ...harness.state, errors: [...harness.state.errors], cancelled: [...harness.cancelled], asked: [...harness.asked], lesions: harness.lesions.value, marks: harness.marks.value })`,
  );

/** How often since `countAgain` the image of each pane was drawn and its overlay painted, in the order of the panes. */
export interface Work {
  drawn: number[];
  painted: number[];
}

/** Before the page is opened: the library tells each drawing at its element, and a painting begins by clearing the canvas. */
export const countWork = async (page: Page): Promise<void> => {
  await page.addInitScript(`(() => {
    const counts = { drawn: new Map(), painted: new Map() };
    const count = (kind, element) => {
      const pane = element.closest('[data-role]');
      counts[kind].set(pane, (counts[kind].get(pane) ?? 0) + 1);
    };
    addEventListener('CORNERSTONE_IMAGE_RENDERED', ({ target }) => count('drawn', target), { capture: true });
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      if (this.canvas.classList.contains('overlay')) count('painted', this.canvas);
      return clearRect.apply(this, box);
    };
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    globalThis.work = {
      reset() { for (const kind of Object.values(counts)) kind.clear(); },
      /** Once nothing was drawn for some frames. */
      async done() {
        const sum = () => [...counts.drawn.values(), ...counts.painted.values()].reduce((a, b) => a + b, 0);
        for (let still = 0, before = sum(); still < 5; still = before === sum() ? still + 1 : 0) {
          before = sum();
          await frame();
        }
        const panes = [...document.querySelectorAll('[data-role]')];
        return { drawn: panes.map((pane) => counts.drawn.get(pane) ?? 0), painted: panes.map((pane) => counts.painted.get(pane) ?? 0) };
      },
    };
  })()`);
};

/** What `act` made the panes do. */
export const workOf = async (page: Page, act: () => Promise<unknown>): Promise<Work> => {
  await page.evaluate('work.done().then(() => work.reset())');
  await act();
  return page.evaluate<Work>('work.done()');
};

export const slicesOf = (page: Page): Promise<number[]> =>
  page.locator('[data-role]').evaluateAll((panes) => panes.map((pane) => Number(pane.getAttribute('data-slice'))));

export const pane = (page: Page, role: string) => page.locator(`[data-role="${role}"]`);

/** A point of a pane, as shares of its width and height. */
export const pointIn = async (page: Page, role: string, x: number, y: number): Promise<[number, number]> => {
  const box = await pane(page, role).boundingBox();
  if (!box) throw new Error(`${role} is not on screen`);
  return [box.x + box.width * x, box.y + box.height * y];
};

/** Clear of the letters at the edges and the words above, pixels. */
export const BLOB_LEFT = 44;
export const BLOB_TOP = 62;
/** And of the scale bar. */
export const BLOB_RIGHT = 70;

export interface Blob {
  x: number;
  y: number;
  weight: number;
}

/**
 * Weighted centres of what is bright, and of what is orange or blue, in the middle of a pane (no words there), in
 * pixels of the screenshot. Decoded by the browser itself.
 */
export const blobsIn = async (page: Page, role: string): Promise<Record<'bright' | 'orange' | 'blue', Blob>> => {
  const box = await pane(page, role).boundingBox();
  if (!box) throw new Error(`${role} is not on screen`);
  const clip = {
    x: box.x + BLOB_LEFT,
    y: box.y + BLOB_TOP,
    width: box.width - BLOB_LEFT - BLOB_RIGHT,
    height: box.height - 138,
  };
  const png = (await page.screenshot({ clip, scale: 'css' })).toString('base64');
  return page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const sums = { bright: [0, 0, 0], orange: [0, 0, 0], blue: [0, 0, 0] };
    for (let y = 0, i = 0; y < image.height; y++)
      for (let x = 0; x < image.width; x++, i += 4) {
        const weights = {
          // A line of another slice is dimmer.
          bright: Math.max(0, Math.min(data[i], data[i + 1], data[i + 2]) - 64),
          orange: Math.max(0, data[i] - data[i + 2] - 8),
          blue: Math.max(0, data[i + 2] - data[i] - 8),
        };
        for (const [name, weight] of Object.entries(weights)) {
          sums[name][0] += weight * (x + 0.5);
          sums[name][1] += weight * (y + 0.5);
          sums[name][2] += weight;
        }
      }
    return Object.fromEntries(
      Object.entries(sums).map(([name, [x, y, weight]]) => [name, { x: x / weight, y: y / weight, weight }]),
    );
  })()`);
};

const DARK = 64;
/** The share of an element's pixels that are dark in all three colours. */
export const darkShareOf = async (element: Locator): Promise<number> => {
  const { data, width, height } = PNG.sync.read(await element.screenshot());
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if (Math.max(...data.subarray(at, at + 3)) < DARK) dark++;
  return dark / (width * height);
};
