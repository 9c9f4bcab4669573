import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** What another test file in the same process would meet: a module in another's place, a changed global, a stopped clock. */
const LEAVES_TRACES = /\bvi\.(mock|doMock|stub\w+|useFakeTimers|spyOn)\(|\bprocess\.(chdir|env\.\w+ =)|i18n\.global/;

/** Folders of small, pure tests: starting a process for each file takes longer than most of these files. */
const PURE =
  /^test\/unit\/(shared|renderer\/(panels|viewer)|main\/study\/(roles|series|text|tags|sample)|main\/cases\/(file|seal|audit|keys))\//;
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
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'own process', include: own } },
      { extends: true, test: { name: 'shared process', include: shared, isolate: false } },
    ],
  },
});
