import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/**
 * What another test file in the same process would meet: a module in another's place, a changed global, a stopped clock. And
 * what would meet others: a look at the memory of its process.
 */
const LEAVES_TRACES =
  /\bvi\.(mock|doMock|stub\w+|useFakeTimers|spyOn)\(|\bprocess\.(chdir|env\.\w+ =|memoryUsage)|i18n\.global|fuzz\/targets/;

/** Folders of tests that share a process: starting one for each file takes longer than most of these files. */
const PURE =
  /^test\/unit\/(shared|build|runtime|scripts|renderer\/(panels|viewer|views|board|dialogs|series)|main\/(study|reports|inference|files|settings|log|cohort|support)|main\/cases\/(file|seal|audit|keys))\//;
const tests = readdirSync(resolve(import.meta.dirname, 'test/unit'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/unit/${name.replaceAll('\\', '/')}`);
const mayShare = (name: string): boolean =>
  PURE.test(name) && !LEAVES_TRACES.test(readFileSync(resolve(import.meta.dirname, name), 'utf8'));
const [own, shared] = [tests.filter((name) => !mayShare(name)), tests.filter(mayShare)];

export default defineConfig({
  plugins: [vue()],
  test: {
    // An odd zone, so that a time bug shows.
    env: { TZ: 'Asia/Kathmandu' },
    // Generous: worker processes start slowly on a busy machine, and no test measures time.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    // Many tests start processes of their own.
    maxWorkers: Math.max(2, Math.min(availableParallelism() - 1, 8)),
    projects: [
      { extends: true, test: { name: 'own process', include: own } },
      { extends: true, test: { name: 'shared process', include: shared, isolate: false } },
    ],
  },
});
