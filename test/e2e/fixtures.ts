import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { browserHost } from './hosts/browser.ts';
import { electronHost } from './hosts/electron.ts';
import type { Launch, LaunchOptions, RunningApp } from './hosts/host.ts';
import { type KeptDemo, keepDemo } from './hosts/kept-demo.ts';
import { KeptHost } from './hosts/kept-host.ts';

export interface HostOptions {
  hostKind: 'browser' | 'electron';
}

interface WorkerFixtures {
  /** How each host is started, and the one that is kept running for tests that ask for nothing of their own. */
  hosts: { start: Launch; kept?: KeptHost };
}

interface Fixtures {
  /** A test of how a host starts gets one that has just started. */
  freshHost: boolean;
  /** Folders that this test asked for, removed after it. */
  folders: { own?: string };
  /** A fresh data folder for this test; kept over the restarts within it. */
  dataFolder: string;
  /** Puts the demonstration case, kept, into that folder before the first launch; `PASSPHRASE` opens it. */
  keepDemo: (what: KeptDemo) => Promise<void>;
  /** Starts the application in the host of this project; what still runs at the end is closed. */
  launch: (options?: Partial<LaunchOptions>) => Promise<RunningApp>;
}

const asksForNothing = ({ dataFolder, locale, passphrase, arguments: args, still }: Partial<LaunchOptions>): boolean =>
  dataFolder === undefined && (locale ?? 'en') === 'en' && passphrase === undefined && args === undefined && !still;

/** One suite of behaviours, two hosts: the project says which. */
export const test = base.extend<Fixtures, HostOptions & WorkerFixtures>({
  hostKind: ['browser', { option: true, scope: 'worker' }],
  freshHost: [false, { option: true }],
  hosts: [
    async ({ hostKind, playwright, launchOptions }, use) => {
      if (hostKind === 'electron') {
        await use({ start: electronHost });
        return;
      }
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        ...(process.env.HAICAST_BROWSER ? { executablePath: process.env.HAICAST_BROWSER } : {}),
      });
      const kept = new KeptHost(browser);
      await use({ start: browserHost(browser), kept });
      await kept.discard();
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern
  folders: async ({}, use) => {
    const folders: { own?: string } = {};
    await use(folders);
    if (folders.own) await rm(folders.own, { recursive: true, force: true, maxRetries: 5 });
  },
  dataFolder: async ({ hostKind, folders }, use) => {
    folders.own ??= await mkdtemp(join(tmpdir(), `haicast-${hostKind}-`));
    await use(folders.own);
  },
  keepDemo: async ({ hostKind, hosts: { start }, dataFolder }, use) => {
    await use((what) => keepDemo(start, { hostKind, what, dataFolder }));
  },
  launch: async ({ hostKind, hosts: { start, kept }, folders, freshHost }, use) => {
    const running = new Set<RunningApp>();
    const failures: string[] = [];
    /** What nobody foresaw in the page is told by a notice that a test has no reason to look for, and to the log. */
    const watched = (app: RunningApp): RunningApp => {
      app.page.on('request', (request) => {
        if (request.url().endsWith('/api/app.pageFailed')) failures.push(request.postData() ?? '');
      });
      return app;
    };
    let keptPage: RunningApp | undefined;
    /** A second launch of a test that began with the kept host goes on in its folder. */
    const folder = async (): Promise<string> => {
      if (keptPage && kept?.folder) return kept.folder;
      folders.own ??= await mkdtemp(join(tmpdir(), `haicast-${hostKind}-`));
      return folders.own;
    };
    const startOwn = async (options: Partial<LaunchOptions>) => {
      const dataFolder = options.dataFolder ?? (await folder());
      const app = watched(await start({ ...options, dataFolder }));
      running.add(app);
      return app;
    };
    await use(async (options = {}) => {
      const first = running.size === 0 && keptPage === undefined;
      if (!kept || freshHost || folders.own || !first || !asksForNothing(options)) return startOwn(options);
      keptPage = watched(await kept.launch(options.size));
      return keptPage;
    });
    // Ended without asking: at the end of a test nobody answers a question about unsaved work.
    for (const app of running) await app.kill().catch(() => undefined);
    await keptPage?.page.context().close();
    await kept?.settle();
    expect(failures, 'what the page did not foresee').toEqual([]);
  },
});

export { expect };
