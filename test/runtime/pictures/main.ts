/**
 * `npm run pictures`: takes every screen anew, and keeps as its reference what differs from the one before by more than is
 * allowed. Old, new and difference of each lie in artifacts/differences, the screens themselves in artifacts/screens.
 * Arguments go to Playwright: a name of a test, say.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/install.mjs';
import { findBrowser } from '../machine/browser.ts';
import { node, run, say } from '../suites/process.ts';
import { references, sheets } from './references.ts';

interface Renewal {
  name: string;
  was: 'new' | 'changed' | 'same';
}

const renewals = resolve(root, 'artifacts/renewed-pictures.jsonl');

const walk = async (args: string[]): Promise<boolean> => {
  const found = await findBrowser(say);
  if (found.path === undefined) {
    say(found.reason);
    return false;
  }
  if (!ensureBuilt({ say })) return false;
  for (const old of [sheets, renewals]) rmSync(old, { recursive: true, force: true });
  mkdirSync(dirname(renewals), { recursive: true });
  const { ok } = await run(
    node,
    [
      resolve(root, 'node_modules/@playwright/test/cli.js'),
      ...['test', '--project=browser', 'test/e2e/every-screen.spec.ts', 'test/e2e/archive.spec.ts', ...args],
    ],
    { HAICAST_BROWSER: found.path, HAICAST_RENEW_PICTURES: renewals },
  );
  return ok;
};

const args = process.argv.slice(2);
const ok = await walk(args);
const renewed = readFileSync(renewals, { encoding: 'utf8', flag: 'a+' })
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Renewal);
for (const { name, was } of renewed) {
  if (was === 'new') say(`new: artifacts/screens/browser/${name}.png`);
  if (was === 'changed') say(`changed: artifacts/differences/${name}.png`);
}
// Only a whole walk knows what no walk shows any more.
if (ok && args.length === 0) {
  const shown = new Set(renewed.map(({ name }) => `${name}.png`));
  for (const name of readdirSync(references).filter((file) => !shown.has(file))) {
    rmSync(resolve(references, name));
    say(`gone: ${name}`);
  }
}
say(`${renewed.filter(({ was }) => was !== 'same').length} of ${renewed.length} pictures were renewed`);
process.exitCode = ok ? 0 : 1;
