/**
 * Finds an Electron to run: the pinned one, one named by the environment, or the registry's older one. The answer says in
 * one line which and why.
 */
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY_VERSION, registryRuntime, registryUnsupported } from './electron-runtime-registry.mjs';
import { sqliteAddonForNapi9 } from './sqlite-addon.mjs';

/** Electron 36 is the first with N-API 10, which better-sqlite3's prebuilt addon asks for. */
const FIRST_WITH_NAPI_10 = 36;
const LOOKUP_LIMIT_MS = 3_000;
const root = join(import.meta.dirname, '..');

const executableIn = (folder, platform = process.platform) =>
  join(
    folder,
    platform === 'win32' ? 'electron.exe' : platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron',
  );

const readVersion = (folder) => {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
};

const pinnedPackage = () => join(root, 'node_modules', 'electron');

const pinnedRuntime = () => {
  const folder = join(pinnedPackage(), 'dist');
  const executable = executableIn(folder);
  const version = readVersion(folder);
  return version && existsSync(executable) ? { kind: 'pinned', folder, executable, version } : undefined;
};

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

const downloadPinned = (say) =>
  new Promise((resolve) => {
    say('Downloading Electron (once, about 120 MB).');
    const installer = join(pinnedPackage(), 'install.js');
    const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'ignore'] });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });

const withAddon = async (runtime, say) => {
  const major = Number(runtime.version.split('.')[0]);
  return major >= FIRST_WITH_NAPI_10 ? runtime : { ...runtime, sqliteBinding: await sqliteAddonForNapi9(say) };
};

/**
 * @param {{allowDownload?: boolean, allowRegistry?: boolean, say?: (line: string) => void, env?: Record<string, string | undefined>}} [options]
 * @returns {Promise<import('./electron-runtime.d.mts').RuntimeAnswer>}
 */
export const findRuntime = async (options = {}) => {
  const { allowDownload = true, allowRegistry = false, say = () => {}, env = process.env } = options;
  const reasons = [];

  const installed = pinnedRuntime();
  if (installed) return { ...installed, note: `Electron ${installed.version}: the pinned one` };
  if (!allowDownload) reasons.push('the pinned Electron is not downloaded');
  else if (!(await downloadReachable(env))) reasons.push('the pinned Electron cannot be downloaded (no such network)');
  else if (await downloadPinned(say)) {
    const downloaded = pinnedRuntime();
    if (downloaded) return { ...downloaded, note: `Electron ${downloaded.version}: the pinned one, downloaded` };
  } else reasons.push('the download of the pinned Electron failed');

  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const version = readVersion(override);
    const executable = executableIn(override);
    if (version && existsSync(executable)) {
      const runtime = await withAddon({ kind: 'override', folder: override, executable, version }, say);
      return { ...runtime, note: `Electron ${version}: ELECTRON_OVERRIDE_DIST_PATH; ${reasons.join('; ')}` };
    }
    reasons.push('ELECTRON_OVERRIDE_DIST_PATH holds no Electron with a version file');
  }

  const unsupported = registryUnsupported();
  if (!allowRegistry) reasons.push("the registry's older runtime was not asked for");
  else if (unsupported) reasons.push(unsupported);
  else {
    try {
      const folder = await registryRuntime(say);
      const runtime = await withAddon(
        { kind: 'registry', folder, executable: executableIn(folder), version: REGISTRY_VERSION },
        say,
      );
      const note = `Electron ${REGISTRY_VERSION}: the registry's, old and unpatched, for tests and looking only; ${reasons.join('; ')}`;
      return { ...runtime, note };
    } catch (error) {
      reasons.push(`the registry's runtime could not be made: ${error.message}`);
    }
  }
  return { kind: 'none', reason: reasons.join('; ') };
};

if (process.argv[1] === import.meta.filename) {
  const answer = await findRuntime({ allowRegistry: true, say: (line) => console.error(line) });
  console.log(answer.kind === 'none' ? `none: ${answer.reason}` : `${answer.note}\n${answer.executable}`);
  process.exitCode = answer.kind === 'none' ? 1 : 0;
}
