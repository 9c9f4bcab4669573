import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { browserHost } from './hosts/browser.ts';
import { electronHost } from './hosts/electron.ts';
import type { Launch, RunningApp } from './hosts/host.ts';

export interface HostOptions {
  hostKind: 'browser' | 'electron';
}

interface Fixtures {
  /** A fresh data folder for this test; kept over the restarts within it. */
  dataFolder: string;
  /** Starts the application in the host of this project; what still runs at the end is closed. */
  launch: (options?: Partial<Parameters<Launch>[0]>) => Promise<RunningApp>;
}

/** One suite of behaviours, two hosts: the project says which. */
export const test = base.extend<Fixtures & HostOptions>({
  hostKind: ['browser', { option: true }],
  dataFolder: async ({ hostKind }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `haicast-${hostKind}-`));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  launch: async ({ hostKind, dataFolder, playwright }, use) => {
    const browser =
      hostKind === 'browser'
        ? await playwright.chromium.launch({
            ...(process.env.HAICAST_BROWSER ? { executablePath: process.env.HAICAST_BROWSER } : {}),
            args: ['--no-sandbox'],
          })
        : undefined;
    const start = browser ? browserHost(browser) : electronHost;
    const running = new Set<RunningApp>();
    await use(async (options = {}) => {
      const app = await start({ dataFolder, ...options });
      running.add(app);
      return app;
    });
    // Ended without asking: at the end of a test nobody answers a question about unsaved work.
    for (const app of running) await app.kill().catch(() => undefined);
    await browser?.close();
  },
});

export { expect } from '@playwright/test';
