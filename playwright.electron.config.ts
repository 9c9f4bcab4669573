/** Everything that is checked in the product's own window: the behaviours shared with the browser, and this host's own. */
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/fixtures.ts';

export default defineConfig<HostOptions>({
  // Apart from the browser suite's results, which that suite clears.
  outputDir: 'artifacts/electron',
  // One window at a time: a display has one focus, and the waits are those of one person.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // The JSON report goes where PLAYWRIGHT_JSON_OUTPUT_NAME says.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: { hostKind: 'electron', screenshot: 'off' },
  projects: [
    // The viewer's own page is served by Vite: it has no Electron window.
    { name: 'behaviours', testDir: 'test/e2e', testIgnore: ['viewer/**', 'loopback/**'] },
    { name: 'host', testDir: 'test/electron', testIgnore: 'packed/**' },
    { name: 'packed', testDir: 'test/electron/packed' },
  ],
});
