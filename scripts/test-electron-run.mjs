/**
 * Run by test-electron.mjs under the project's own Node. Arguments go to Playwright; `--no-packed` leaves the packed
 * application out. Writes the counts to test-results/electron.json.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { none, playwrightCounts } from './counts.mjs';
import { displayProblem, openDisplay } from './display.mjs';
import { findRuntime } from './electron-runtime.mjs';
import { projectNode, root } from './install.mjs';
import { packForTests } from './package-for-tests.mjs';
import { run } from './run.mjs';

const say = (line) => console.log(line);
const results = join(root, 'test-results');
const summary = join(results, 'electron.json');
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? join(results, 'electron-report.json');

const record = async (counts) => {
  await mkdir(results, { recursive: true });
  await writeFile(summary, `${JSON.stringify(counts, null, 2)}\n`);
};

const skip = async (reason) => {
  say(`skipped: ${reason}`);
  await record({ ...none, reason });
};

const test = async (runtime) => {
  const passed = process.argv.slice(2).filter((arg) => arg !== '--no-packed');
  const projects = passed.some((arg) => arg.startsWith('--project'))
    ? []
    : ['--project=behaviours', '--project=host', ...(process.argv.includes('--no-packed') ? [] : ['--project=packed'])];
  const wantsPacked = [...projects, ...passed].some((arg) => arg.endsWith('packed'));
  const packed = wantsPacked ? await packForTests(runtime, say) : undefined;
  // The counts of an earlier run must never stand for one that was cut short.
  await Promise.all([report, summary].map((file) => rm(file, { force: true })));
  const { display, stop } = await openDisplay();
  try {
    const code = await run(
      projectNode(),
      [
        join(root, 'node_modules/@playwright/test/cli.js'),
        ...['test', '-c', 'playwright.electron.config.ts', ...projects, ...passed],
      ],
      {
        ...process.env,
        ...(display ? { DISPLAY: display } : {}),
        ...(packed ? { HAICAST_RELEASED: packed.released, HAICAST_TWIN: packed.twin } : {}),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    );
    const counts = playwrightCounts(JSON.parse(await readFile(report, 'utf8')));
    await record({ ...counts, runtime: runtime.note });
    say(`electron: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${runtime.note})`);
    return code;
  } finally {
    stop();
  }
};

const runtime = await findRuntime({ allowRegistry: true, say });
if (runtime.kind === 'none') await skip(runtime.reason);
else {
  say(runtime.note);
  const problem = displayProblem(runtime.executable, say);
  if (problem) await skip(problem);
  else process.exitCode = ensureBuilt({ say }) ? await test(runtime) : 1;
}
