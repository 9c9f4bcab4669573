/** Debian's packages for what the tests need and the machine lacks: named first, then installed where that is allowed. */
import { spawnSync } from 'node:child_process';

export const hasCommand = (command: string): boolean =>
  spawnSync(process.platform === 'win32' ? 'where' : 'which', [command], { stdio: 'ignore' }).status === 0;

export interface Need {
  /** As a person would call it, e.g. `Xvfb`. */
  what: string;
  /** Debian's packages that bring it. */
  packages: string[];
  isThere: () => boolean;
}

export const mayInstall = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0 && hasCommand('apt-get');

const apt = (...args: string[]): { ok: boolean; complaint: string } => {
  const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return { ok: status === 0, complaint: stderr.trim() };
};

const install = (packages: string[], say: (line: string) => void): void => {
  say(`Installing Debian's packages, as root: ${packages.join(' ')}.`);
  const attempt = () => apt('install', '-y', '--no-install-recommends', ...packages);
  // The lists of packages may be missing or old.
  let done = attempt();
  if (!done.ok && apt('update').ok) done = attempt();
  if (!done.ok) say(`They could not be installed: ${done.complaint.split('\n').at(-1)}`);
};

/** What of `needs` is still missing after installing what may be installed. */
export const provide = (needs: readonly Need[], say: (line: string) => void): string[] => {
  const missing = () => needs.filter((need) => !need.isThere());
  const before = missing();
  if (before.length === 0) return [];
  const packages = [...new Set(before.flatMap((need) => need.packages))];
  if (mayInstall()) install(packages, say);
  else if (process.platform === 'linux') say(`Missing here; Debian's packages would be: ${packages.join(' ')}.`);
  return missing().map((need) => need.what);
};
