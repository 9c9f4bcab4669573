/**
 * `npm test`: every check and suite, stage by stage, and one line with the counts. `npm test unit browser` runs some.
 * In continuous integration (`CI`) what was left out counts as failed, unless `.ci/may-skip` excuses it.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { type Counts, sum } from './counts.ts';
import { type Showing, say } from './process.ts';
import { reports, type SuiteResult } from './result.ts';
import { parseMaySkip, unexcused } from './skips.ts';
import { stages, suites } from './suites.ts';
import { keepTimes } from './times.ts';

const inCI = Boolean(process.env.CI);
const maySkip = parseMaySkip(readFileSync(join(root, '.ci/may-skip'), 'utf8'));

const inWords = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** Moves what nobody excuses from the skipped to the failed. */
const strictly = (result: SuiteResult, excusedNot: string[]): Counts => ({
  ...result.counts,
  failed: result.counts.failed + excusedNot.length,
  skipped: result.counts.skipped - excusedNot.length,
});

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Choose from ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

rmSync(reports, { recursive: true, force: true });
const lines: string[] = [];
const counted: Record<string, Counts & { seconds: number }> = {};

const report = (name: string, result: SuiteResult, seconds: number): void => {
  const skips = result.skips.map((skip) => `${name}: ${skip}`);
  const excusedNot = inCI ? unexcused(skips, maySkip) : [];
  const counts = strictly(result, excusedNot);
  counted[name] = { seconds, ...counts };
  lines.push(
    `${name.padEnd(10)} ${inWords(counts)} (${seconds} s)`,
    ...(result.failures ?? []).map((failure) => `  failed: ${failure}`),
    ...skips.map((skip) =>
      excusedNot.includes(skip) ? `  must run here, or be in .ci/may-skip: ${skip}` : `  did not run: ${skip}`,
    ),
  );
};

const runSuite = async (name: string, showing: Showing): Promise<void> => {
  const started = performance.now();
  const result = await suites[name]?.({ asked: asked.includes(name), showing });
  if (result) report(name, result, Math.round((performance.now() - started) / 1000));
};

for (const stage of stages) {
  const wanted = stage.filter((name) => asked.length === 0 || asked.includes(name));
  if (wanted.length === 0) continue;
  say(`\n— ${wanted.join(', ')}`);
  // Playwright clears its own results folder, and the reports lie in it.
  mkdirSync(reports, { recursive: true });
  await Promise.all(wanted.map((name, index) => runSuite(name, index === 0 ? 'as it comes' : 'held')));
}

keepTimes(counted);
const total = sum(Object.values(counted));
say(`\n${lines.join('\n')}`);
say(inWords(total));
process.exitCode = total.failed > 0 ? 1 : 0;
