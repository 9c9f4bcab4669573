/** The product's own window, tested: a runtime, a screen, the packed application, then Playwright. */
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/install.mjs';
import { displayProblem, openDisplays } from '../machine/display.ts';
import { keyring } from '../machine/keyring.ts';
import { provide } from '../machine/packages.ts';
import { node, run, say } from '../suites/process.ts';
import { couldNotRun, failed, fromPlaywright, reportFile, type SuiteResult } from '../suites/result.ts';
import { findTestRuntime, type TestRuntime } from './find.ts';
import { packForTests } from './pack.ts';

const PROJECTS = ['behaviours', 'host', 'packed'];
/** A window waits as long as it computes, and a display has one focus: one display a worker. */
const DISPLAYS = Math.min(availableParallelism(), 4);

const test = async (runtime: TestRuntime, args: string[]): Promise<SuiteResult> => {
  const asked = args.some((arg) => arg.startsWith('--project')) ? [] : PROJECTS.map((name) => `--project=${name}`);
  const packed = [...asked, ...args].includes('--project=packed') ? await packForTests(runtime, say) : undefined;
  const file = reportFile('electron.json');
  await mkdir(dirname(file), { recursive: true });
  // The counts of an earlier run must never stand for one that was cut short.
  await rm(file, { force: true });
  const { names, stop } = await openDisplays(DISPLAYS);
  try {
    const { ok } = await run(
      node,
      [
        join(root, 'node_modules/@playwright/test/cli.js'),
        ...['test', '-c', 'playwright.electron.config.ts', ...asked, ...args],
      ],
      {
        ...(names.length > 0 ? { HAICAST_DISPLAYS: names.join(' ') } : {}),
        ...(packed ? { HAICAST_RELEASED: packed.released, HAICAST_TWIN: packed.twin } : {}),
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      },
    );
    return fromPlaywright(ok, file);
  } finally {
    stop();
  }
};

/** `args` go to Playwright, e.g. `--project=packed`. */
export const electronSuite = async (args: string[] = []): Promise<SuiteResult> => {
  const runtime = await findTestRuntime(say);
  if (runtime.kind === 'none') return couldNotRun(runtime.reason);
  say(runtime.note);
  const problem = displayProblem(runtime.executable, say);
  if (problem) return couldNotRun(problem);
  // Its tests leave themselves out, each with this reason, where it is not to be had.
  provide(keyring, say);
  return ensureBuilt({ say }) ? test(runtime, args) : failed;
};

if (import.meta.main) {
  const { counts, skips } = await electronSuite(process.argv.slice(2));
  for (const skip of skips) say(`skipped: ${skip}`);
  say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
