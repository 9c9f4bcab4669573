/** A screen for windows where the machine has none: Xvfb, installed as root where Debian's packages can be had. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const has = (command) => spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
const isRoot = () => process.getuid?.() === 0;

/** Debian's names for what Electron and a screen need. */
const PACKAGES = [
  ...['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'],
  ...['libatk-bridge2.0-0', 'libdrm2', 'libxkbcommon0'],
];

/** Shared libraries that an executable asks for and the system lacks. */
export const missingLibraries = (lddOutput) =>
  [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1]);

const librariesMissingFor = (executable) =>
  missingLibraries(spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '');

const install = (say) => {
  say(`Installing Debian's packages for a window: ${PACKAGES.join(' ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore' }).status === 0;
  return apt('install', '-y', ...PACKAGES) || (apt('update') && apt('install', '-y', ...PACKAGES));
};

/** Why windows of `executable` cannot be shown here; undefined where they can (after installing what was missing). */
export const displayProblem = (executable, say = () => {}) => {
  if (process.platform !== 'linux') return undefined;
  const lacks = () => [
    ...(process.env.DISPLAY || has('Xvfb') ? [] : ['Xvfb']),
    ...(has('ldd') ? librariesMissingFor(executable) : []),
  ];
  if (lacks().length === 0) return undefined;
  if (isRoot() && has('apt-get') && install(say) && lacks().length === 0) return undefined;
  return `the system lacks ${lacks().join(', ')}`;
};

const SCREEN = '1920x1200x24';

/**
 * The display to use: the machine's own, or an Xvfb that `stop` ends.
 * @returns {Promise<{ display: string | undefined, stop: () => void }>}
 */
export const openDisplay = async () => {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { display: process.env.DISPLAY, stop: () => {} };
  // The server picks a free number and tells it on descriptor 3, so that parallel runs never meet.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = once(server.stdio[3], 'data').then(([chunk]) => `:${String(chunk).trim()}`);
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  const display = await Promise.race([told, failed]);
  failed.catch(() => undefined);
  return { display, stop: () => server.kill() };
};
