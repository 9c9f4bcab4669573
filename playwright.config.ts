import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/fixtures.ts';
import { installedBrowser } from './test/runtime/machine/browser.ts';

const executablePath = installedBrowser();

const args = [
  // The headless shell draws letters as a whole Chromium does with those fonts; that one does not know the word.
  '--font-render-hinting=slight',
  // As root Chromium cannot make its own sandbox; a person's account keeps it.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  // What is on screen is no matter of what letters a machine has.
  env: { ...process.env, FONTCONFIG_FILE: resolve(import.meta.dirname, 'test/e2e/fonts.conf') },
  args,
};
/** A browser without WebGL, as on many a remote desktop: the processor draws. */
const withoutWebgl = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

export default defineConfig<object, HostOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Each with a browser, a host and a data folder of its own. A test waits as long as it computes.
  workers: Math.min(2 * availableParallelism(), 8),
  fullyParallel: false,
  retries: 0,
  // For a busy machine: what is there at once is not waited for, and what never comes fails all the same.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    // A button that something lies over is said by its name, and not by the end of the whole test.
    actionTimeout: 60_000,
    // A sixth of the suite's work; `--trace on` records one where a failure does not explain itself.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  // The same behaviours in the product's own window: playwright.electron.config.ts.
  projects: [
    { name: 'browser', use: { hostKind: 'browser' } },
    {
      name: 'processor',
      testDir: 'test/e2e/viewer',
      grep: /@processor/,
      use: {
        hostKind: 'browser',
        // A screen at 150 %, as on many a laptop: the processor's drawing has more to get wrong than at one pixel for each.
        deviceScaleFactor: 1.5,
        launchOptions: { ...launchOptions, args: [...args, ...withoutWebgl] },
      },
    },
  ],
});
