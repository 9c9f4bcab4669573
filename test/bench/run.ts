/**
 * `npm run bench`: every benchmark, one after the other, each in a process of its own; `npm run bench -- scan screen` runs
 * some. A benchmark prints a table and one line of JSON; ratios against a named peer come from the same run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const here = import.meta.dirname;
const known = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => name.replace(/\.ts$/, ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !existsSync(resolve(here, `${name}.ts`)));
if (unknown.length > 0) {
  console.error(`no benchmark named ${unknown.join(', ')}; known are ${known.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [resolve(here, `${name}.ts`)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
