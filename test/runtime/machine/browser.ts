/**
 * Finds a Chromium for the browser tests: Debian's headless shell, an installed one, or Playwright's own. The shell is the same
 * engine without a browser's windows, and the tests take a fifth less time in it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { mayInstall, provide } from './packages.ts';

const NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const SHELL = { package: 'chromium-headless-shell', path: '/usr/lib/chromium/chromium-headless-shell' };

const places = (env: NodeJS.ProcessEnv): string[] => {
  const below = (folder: string | undefined, path: string) => (folder ? [join(folder, path)] : []);
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
export const installedBrowser = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.HAICAST_BROWSER ?? [SHELL.path, ...places(env)].find((path) => existsSync(path));

const playwrightBrowser = async (): Promise<string | undefined> => {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
};

const DOWNLOAD_LIMIT_MS = 120_000;

const downloadWithPlaywright = (): boolean =>
  spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: DOWNLOAD_LIMIT_MS,
  }).status === 0;

/** The shell where it may be installed; elsewhere whichever browser is there, or a whole one. */
const provideBrowser = (say: (line: string) => void): void => {
  const shell = { what: 'a headless browser', packages: [SHELL.package], isThere: () => existsSync(SHELL.path) };
  if (mayInstall()) provide([shell], say);
  provide([{ what: 'a browser', packages: ['chromium'], isThere: () => installedBrowser() !== undefined }], say);
};

export type BrowserAnswer = { path: string; note: string } | { path: undefined; reason: string };

export const findBrowser = async (say: (line: string) => void): Promise<BrowserAnswer> => {
  const present = await playwrightBrowser();
  // Debian's packages first where they can be had: the download host may be out of reach and only times out.
  if (process.env.HAICAST_BROWSER === undefined && present === undefined) provideBrowser(say);
  const installed = installedBrowser();
  if (installed) return { path: installed, note: `Browser: ${installed}` };
  if (present) return { path: present, note: `Browser: Playwright's own, ${present}` };
  say('No browser is installed: getting one …');
  const downloaded = downloadWithPlaywright() ? await playwrightBrowser() : undefined;
  if (downloaded) return { path: downloaded, note: `Browser: Playwright's own, ${downloaded}` };
  return { path: undefined, reason: 'no browser is installed and none could be downloaded' };
};
