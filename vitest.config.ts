import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    // An odd zone, so that a time bug shows.
    env: { TZ: 'Asia/Kathmandu' },
    // Generous: worker processes start slowly on a busy machine, and no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'process',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/shared/**'],
        },
      },
      // Pure, and without a mocked module that another file would meet: they share their processes.
      { extends: true, test: { name: 'pure', include: ['test/unit/shared/**/*.test.ts'], isolate: false } },
    ],
  },
});
