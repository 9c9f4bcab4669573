import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/unit/**/*.test.ts'],
    // An odd zone, so that a time bug shows.
    env: { TZ: 'Asia/Kathmandu' },
    // Generous: worker processes start slowly on a busy machine, and no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
