import type { Browser, BrowserContextOptions } from '@playwright/test';
import type { Launch, LaunchOptions, RunningApp } from './host.ts';
import { end, killWorkerOf, type LoopbackProcess, startLoopback } from './loopback.ts';

type StorageState = BrowserContextOptions['storageState'];

/** A page of a running host, in a browser profile of its own. */
export const openPage = async (
  browser: Browser,
  server: LoopbackProcess,
  { url, size, storageState }: { url: string; size: LaunchOptions['size']; storageState?: StorageState },
): Promise<RunningApp> => {
  const context = await browser.newContext({
    viewport: size ?? { width: 1280, height: 800 },
    ...(storageState ? { storageState } : {}),
  });
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
    return openPage(browser, server, { url: server.url, size: options.size });
  };
