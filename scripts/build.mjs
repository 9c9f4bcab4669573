/** Builds `out/` where it is older than its sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root } from './install.mjs';

const STAMP = join(root, 'out/.built');
const SOURCES = [
  'src',
  'scripts/bundled-packages.mjs',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.web.json',
];

/** Newest change below `path`, ms; folders count too, so that a removed file is noticed. */
export const newest = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
};

export const isBuilt = () =>
  existsSync(STAMP) &&
  existsSync(join(root, 'out/renderer/index.html')) &&
  SOURCES.every((source) => newest(join(root, source)) <= statSync(STAMP).mtimeMs);

/** @param {{ say?: (line: string) => void }} [options] */
export const ensureBuilt = ({ say = (line) => console.error(line) } = {}) => {
  if (isBuilt()) return true;
  say('Building the screen …');
  const startedAt = new Date();
  const built = spawnSync(projectNode(), [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (built.status !== 0) {
    say(`${built.stdout}${built.stderr}`.trim());
    say('The screen could not be built: see the lines above.');
    return false;
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(STAMP, `${startedAt.toISOString()}\n`);
  return true;
};
