/** A screen for windows where the machine has none: Xvfb. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hasCommand, type Need, provide } from './packages.ts';

/** Debian's names for the libraries that Electron opens. */
const LIBRARIES = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'],
  ...['libatk-bridge2.0-0', 'libdrm2', 'libxkbcommon0'],
];

/** Shared libraries that an executable asks for and the system lacks. */
export const missingLibraries = (lddOutput: string): string[] =>
  [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].flatMap((match) => match[1] ?? []);

const librariesMissingFor = (executable: string): string[] =>
  missingLibraries(spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '');

const needs = (executable: string): Need[] => [
  { what: 'Xvfb', packages: ['xvfb'], isThere: () => Boolean(process.env.DISPLAY) || hasCommand('Xvfb') },
  {
    what: 'libraries of Electron',
    packages: LIBRARIES,
    isThere: () => !hasCommand('ldd') || librariesMissingFor(executable).length === 0,
  },
];

/** Why windows of `executable` cannot be shown here; undefined where they can (after installing what was missing). */
export const displayProblem = (executable: string, say: (line: string) => void): string | undefined => {
  if (process.platform !== 'linux') return undefined;
  const lacking = provide(needs(executable), say);
  return lacking.length === 0 ? undefined : `the system lacks ${lacking.join(', ')}`;
};

const SCREEN = '1920x1200x24';

/** The display to use: the machine's own, or an Xvfb that `stop` ends. */
export const openDisplay = async (): Promise<{ display: string | undefined; stop: () => void }> => {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { display: process.env.DISPLAY, stop: () => {} };
  // The server picks a free number and tells it on descriptor 3, so that parallel runs never meet.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = server.stdio[3];
  if (!told) throw new Error('Xvfb has no way to tell its display');
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  const display = await Promise.race([once(told, 'data').then(([chunk]) => `:${String(chunk).trim()}`), failed]);
  failed.catch(() => undefined);
  return { display, stop: () => void server.kill() };
};
