import type { Browser, BrowserContextOptions } from '@playwright/test';
import type { Launch, LaunchOptions, RunningApp } from './host.ts';
import { end, killWorkerOf, type LoopbackProcess, startLoopback } from './loopback.ts';
import { HOLD_MOTION } from './still/motion.ts';
import { holdTime, STILL_TIME } from './still/time.ts';

type StorageState = BrowserContextOptions['storageState'];

/** A page of a running host, in a browser profile of its own. */
export const openPage = async (
  browser: Browser,
  server: LoopbackProcess,
  {
    url,
    size,
    storageState,
    still,
  }: {
    url: string;
    size: LaunchOptions['size'];
    storageState?: StorageState;
    still?: LaunchOptions['still'];
  },
): Promise<RunningApp> => {
  const context = await browser.newContext({
    viewport: size ?? { width: 1280, height: 800 },
    ...(storageState ? { storageState } : {}),
    ...(still ? { timezoneId: 'UTC' } : {}),
  });
  if (still) {
    await context.addInitScript(holdTime, STILL_TIME);
    await context.addInitScript({ content: HOLD_MOTION });
  }
  const page = await context.newPage();
  await page.goto(url);
  return {
    page,
    choosing: async (path) => {
      page.once('filechooser', (chooser) => void chooser.setFiles(path));
    },
    killWorker: async (kind) => killWorkerOf(server, kind),
    close: async () => {
      await context.close();
      await end(server, 'SIGTERM');
    },
    kill: async () => {
      await end(server, 'SIGKILL');
      await context.close();
    },
  };
};

/** A host of its own for each launch. */
export const browserHost =
  (browser: Browser): Launch =>
  async (options) => {
    const server = await startLoopback(options);
    return openPage(browser, server, { url: server.url, size: options.size, still: options.still });
  };
