/** Finds the pinned Electron, or the one that ELECTRON_OVERRIDE_DIST_PATH names. The answer says in one line which and why. */
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** The first with N-API 10, which better-sqlite3's prebuilt addon asks for. */
const OLDEST_MAJOR = 36;
const LOOKUP_LIMIT_MS = 3_000;

export const executableIn = (folder, platform = process.platform) =>
  join(
    folder,
    platform === 'win32' ? 'electron.exe' : platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron',
  );

/** The runtime in a folder as Electron's archives have it; undefined where there is none. */
const runtimeIn = (folder) => {
  const executable = executableIn(folder);
  const versionFile = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  return { folder, executable, version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') };
};

const pinnedPackage = join(root, 'node_modules', 'electron');
const pinned = () => runtimeIn(join(pinnedPackage, 'dist'));

/** Whether the host that offers Electron's download can be found at all: a quick "no" saves a minute of retries. */
const downloadReachable = async (env) => {
  if (env.HTTPS_PROXY || env.https_proxy) return true;
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/';
  const limit = new Promise((_, reject) => setTimeout(reject, LOOKUP_LIMIT_MS, new Error('timeout')).unref());
  return Promise.race([lookup(new URL(mirror).hostname), limit]).then(
    () => true,
    () => false,
  );
};

const download = (say) =>
  new Promise((resolve) => {
    say('Downloading Electron (once, about 120 MB).');
    const child = spawn(process.execPath, [join(pinnedPackage, 'install.js')], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });

const override = (folder, reasons) => {
  const runtime = runtimeIn(folder);
  if (!runtime) reasons.push('ELECTRON_OVERRIDE_DIST_PATH holds no Electron with a version file');
  else if (Number(runtime.version.split('.')[0]) < OLDEST_MAJOR) {
    reasons.push(`ELECTRON_OVERRIDE_DIST_PATH holds Electron ${runtime.version}, older than ${OLDEST_MAJOR}`);
  } else return runtime;
  return undefined;
};

/**
 * @param {{ say?: (line: string) => void, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<import('./electron.d.mts').RuntimeAnswer>}
 */
export const findElectron = async ({ say = () => {}, env = process.env } = {}) => {
  const reasons = [];
  const installed = pinned();
  if (installed) return { kind: 'found', ...installed, note: `Electron ${installed.version}: the pinned one` };
  if (!(await downloadReachable(env))) reasons.push('the pinned Electron cannot be downloaded (no such network)');
  else if (await download(say)) {
    const downloaded = pinned();
    if (downloaded) {
      return { kind: 'found', ...downloaded, note: `Electron ${downloaded.version}: the pinned one, downloaded` };
    }
    reasons.push('the download of the pinned Electron left nothing to run');
  } else reasons.push('the download of the pinned Electron failed');

  const named = env.ELECTRON_OVERRIDE_DIST_PATH ? override(env.ELECTRON_OVERRIDE_DIST_PATH, reasons) : undefined;
  if (!named) return { kind: 'none', reason: reasons.join('; ') };
  return {
    kind: 'found',
    ...named,
    note: `Electron ${named.version}: ELECTRON_OVERRIDE_DIST_PATH; ${reasons.join('; ')}`,
  };
};
