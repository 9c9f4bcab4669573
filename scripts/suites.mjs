/** Run by test.mjs under the project's own Node: every check and suite, one after the other, and one line with the counts. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import {
  biomeErrors,
  boundaryErrors,
  checkerCounts,
  junitCounts,
  none,
  playwrightCounts,
  sum,
  typescriptErrors,
  vitestCounts,
} from './counts.mjs';
import { projectNode, root } from './install.mjs';

const node = projectNode();
const reports = join(root, 'test-results', 'reports');
const say = (line) => console.log(line);
const bin = (path) => join(root, 'node_modules', path);
const report = (name) => join(reports, name);

/** Programs that a suite starts by name find the same Node. */
const env = {
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
};

/** Runs a program, shows its output as it comes and keeps it. */
const run = (command, args, extraEnv = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...env, ...extraEnv }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on('data', (chunk) => {
        output += chunk;
        to.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });

const check = async (script, args, errorsIn) => {
  const { ok, output } = await run(node, [bin(script), ...args]);
  return checkerCounts(ok, output, errorsIn);
};

/** Counts of a report; a suite that failed without a failure in its report, or wrote none, counts as one failure. */
const counted = (ok, file, read) => {
  const counts = existsSync(file) ? read(readFileSync(file, 'utf8')) : { ...none, failed: ok ? 0 : 1 };
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
};

const skipped = (reason) => ({ ...none, skipped: 1, note: `skipped: ${reason}` });

const typecheck = async () =>
  sum([
    await check('typescript/bin/tsc', ['-p', 'tsconfig.node.json', '--noEmit', '--pretty', 'false'], typescriptErrors),
    await check(
      'vue-tsc/bin/vue-tsc.js',
      ['-p', 'tsconfig.test.json', '--noEmit', '--pretty', 'false'],
      typescriptErrors,
    ),
    await check(
      'vue-tsc/bin/vue-tsc.js',
      ['-p', 'tsconfig.web.json', '--noEmit', '--pretty', 'false'],
      typescriptErrors,
    ),
  ]);

const lint = async () =>
  sum([
    await check('@biomejs/biome/bin/biome', ['check', '.'], biomeErrors),
    await check(
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ['src', '--config', '.dependency-cruiser.cjs'],
      boundaryErrors,
    ),
  ]);

const unit = async () => {
  const file = report('unit.json');
  const { ok } = await run(node, [
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted(ok, file, (text) => vitestCounts(JSON.parse(text)));
};

const browser = async () => {
  const found = await findBrowser({ node, root, say });
  if (!found.path) return skipped(found.reason);
  say(found.note);
  if (!ensureBuilt({ say })) return { ...none, failed: 1 };
  const file = report('browser.json');
  const { ok } = await run(
    node,
    [bin('@playwright/test/cli.js'), 'test', '--project=browser', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, HAICAST_BROWSER: found.path },
  );
  return counted(ok, file, (text) => playwrightCounts(JSON.parse(text)));
};

const electron = async () => {
  const script = join(root, 'scripts/test-electron.mjs');
  if (!existsSync(script)) return skipped('there is no Electron suite yet');
  if (!ensureBuilt({ say })) return { ...none, failed: 1 };
  const file = report('electron.json');
  const { ok, output } = await run(node, [script], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const reason = /^skipped: (.+)$/m.exec(output)?.[1];
  return ok && reason ? skipped(reason) : counted(ok, file, (text) => playwrightCounts(JSON.parse(text)));
};

const python = async () => {
  if (spawnSync('python3', ['-c', 'import torch, pytest'], { stdio: 'ignore' }).status !== 0) {
    return skipped('Python with torch and pytest is not installed');
  }
  const file = report('python.xml');
  const { ok } = await run('python3', ['-m', 'pytest', '-q', 'training/tests', `--junitxml=${file}`]);
  return counted(ok, file, junitCounts);
};

const suites = { typecheck, lint, unit, browser, electron, python };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Choose from ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

rmSync(reports, { recursive: true, force: true });
const results = [];
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`\n— ${name}`);
  // Playwright clears its own results folder, and the reports lie in it.
  mkdirSync(reports, { recursive: true });
  const result = await suite();
  results.push([name, result]);
}

say('');
for (const [name, { passed, failed, skipped: left, note }] of results) {
  say(`${name.padEnd(10)} ${note ?? `${passed} passed, ${failed} failed, ${left} skipped`}`);
}
const total = sum(results.map(([, counts]) => counts));
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
