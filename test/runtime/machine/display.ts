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

/** Displays to show windows on, each with a focus of its own; `stop` ends what was started for them. */
export interface Displays {
  /** Empty where the system needs none to be named. */
  names: string[];
  stop: () => void;
}

const startXvfb = async (): Promise<{ name: string; stop: () => void }> => {
  // The server picks a free number and tells it on descriptor 3, so that parallel runs never meet.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = server.stdio[3];
  if (!told) throw new Error('Xvfb has no way to tell its display');
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  const name = await Promise.race([once(told, 'data').then(([chunk]) => `:${String(chunk).trim()}`), failed]);
  failed.catch(() => undefined);
  return { name, stop: () => void server.kill() };
};

/** The machine's own, which is one, or as many as asked for, made by Xvfb. */
export const openDisplays = async (count: number): Promise<Displays> => {
  if (process.platform !== 'linux') return { names: [], stop: () => {} };
  if (process.env.DISPLAY) return { names: [process.env.DISPLAY], stop: () => {} };
  const servers = await Promise.all(Array.from({ length: count }, startXvfb));
  return {
    names: servers.map(({ name }) => name),
    stop: () => {
      for (const server of servers) server.stop();
    },
  };
};
