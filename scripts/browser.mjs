/** Finds a Chromium for the browser tests: an installed one, Playwright's own, or Debian's package. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const places = (env) => {
  const below = (...parts) => (parts[0] ? [join(...parts)] : []);
  return [
    ...(env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...below(env.PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
    ...below(env['PROGRAMFILES(X86)'], 'Google/Chrome/Application/chrome.exe'),
    ...below(env.LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
    ...below(env['PROGRAMFILES(X86)'], 'Microsoft/Edge/Application/msedge.exe'),
  ];
};

/** Path of an installed browser, or undefined. HAICAST_BROWSER names one. */
export const installedBrowser = (env = process.env) =>
  env.HAICAST_BROWSER ?? places(env).find((path) => existsSync(path));

const playwrightBrowser = async () => {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
};

const DOWNLOAD_LIMIT_MS = 120_000;

const downloadWithPlaywright = (node, root) =>
  spawnSync(node, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT_MS,
  }).status === 0;

const installDebianPackage = () => {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args) => spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env });
  apt(['update']);
  return apt(['install', '-y', '--no-install-recommends', 'chromium']).status === 0;
};

/**
 * @param {{ node: string, root: string, say?: (line: string) => void }} options
 * @returns {Promise<{ path: string, note: string } | { path: undefined, reason: string }>}
 */
export const findBrowser = async ({ node, root, say = () => {} }) => {
  const installed = installedBrowser();
  if (installed) return { path: installed, note: `Browser: ${installed}` };
  const present = await playwrightBrowser();
  if (present) return { path: present, note: `Browser: Playwright's own, ${present}` };
  // Debian's package first where it can be had: the download host may be out of reach and only times out.
  say('No browser is installed: getting one …');
  if (installDebianPackage()) {
    const path = installedBrowser();
    if (path) return { path, note: `Browser: Debian's package, ${path}` };
  }
  if (downloadWithPlaywright(node, root)) {
    const path = await playwrightBrowser();
    if (path) return { path, note: `Browser: Playwright's own, ${path}` };
  }
  return { path: undefined, reason: 'no browser is installed and none could be downloaded' };
};
