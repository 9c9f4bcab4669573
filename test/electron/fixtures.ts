import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type ElectronLaunchOptions, launchElectron, type RunningElectron } from '../e2e/hosts/electron.ts';

interface WorkerFixtures {
  /** One running product for tests that only look, or put back what they change. Its page is reloaded for each test. */
  shared: RunningElectron;
}

interface Fixtures {
  dataFolder: string;
  /** Starts the product; what still runs at the end is killed. */
  launch: (options?: Partial<ElectronLaunchOptions>) => Promise<RunningElectron>;
}

const temporaryFolder = () => mkdtemp(join(tmpdir(), 'haicast-host-'));
const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 });

export const test = base.extend<Fixtures, WorkerFixtures>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern
    async ({}, use) => {
      const dataFolder = await temporaryFolder();
      const app = await launchElectron({ dataFolder });
      await use(app);
      await app.kill();
      await remove(dataFolder);
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern
  dataFolder: async ({}, use) => {
    const folder = await temporaryFolder();
    await use(folder);
    await remove(folder);
  },
  launch: async ({ dataFolder }, use) => {
    const running = new Set<RunningElectron>();
    await use(async (options = {}) => {
      const app = await launchElectron({ dataFolder, ...options });
      running.add(app);
      return app;
    });
    for (const app of running) await app.kill().catch(() => undefined);
  },
});

export { expect } from '@playwright/test';
