/** Everything that is checked in the product's own window: the behaviours shared with the browser, and this host's own. */
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/fixtures.ts';
import { displays } from './test/e2e/hosts/displays.ts';

export default defineConfig<object, HostOptions>({
  // Apart from the browser suite's results, which that suite clears.
  outputDir: 'artifacts/electron',
  // One window a display: it has one focus, and the waits are those of one person.
  workers: displays.length || 1,
  fullyParallel: true,
  retries: 0,
  // For a busy machine: what is there at once is not waited for, and what never comes fails all the same.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // The JSON report goes where PLAYWRIGHT_JSON_OUTPUT_NAME says.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: { hostKind: 'electron', screenshot: 'off' },
  projects: [
    // The page is the browser's, where all of it is tested. What the host under it does is tested in both.
    { name: 'behaviours', testDir: 'test/e2e', grep: /@every-host/ },
    { name: 'host', testDir: 'test/electron', testIgnore: 'packed/**' },
    { name: 'packed', testDir: 'test/electron/packed' },
  ],
});
