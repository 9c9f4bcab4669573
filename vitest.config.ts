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
          exclude: ['test/unit/{shared,renderer}/**'],
        },
      },
      // Neither touches its process: a new one for each of their files was two thirds of their time.
      { extends: true, test: { name: 'page', include: ['test/unit/{shared,renderer}/**/*.test.ts'], isolate: false } },
    ],
  },
});
