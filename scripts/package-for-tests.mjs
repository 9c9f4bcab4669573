/**
 * Packs the application for the suite: as it is released, and a twin of it that differs in two things. The inspector's
 * fuse is on, because the tests drive it by that; and where the runtime is too old for the SQLite add-on, the twin holds
 * one that was compiled for it.
 */
import { cp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './install.mjs';
import { executableIn, packApplication, unpackedFolder } from './package-application.mjs';

const output = join(root, 'dist/test');
const stamp = join(output, '.packed');

const modified = (path) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

const upToDate = async () => {
  const sources = ['out/.built', 'electron-builder.yml', 'package-lock.json', 'scripts/package-for-tests.mjs'];
  const newest = Math.max(...(await Promise.all(sources.map((source) => modified(join(root, source))))));
  return (await modified(stamp)) > newest;
};

const openInspector = async (executable) => {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    resetAdHocDarwinSignature: process.platform === 'darwin',
  });
};

/**
 * @param {import('./electron-runtime.d.mts').Runtime} runtime
 * @returns {Promise<{ released: string, twin: string }>} the executables
 */
export const packForTests = async (runtime, say = () => {}) => {
  const released = unpackedFolder(output);
  const twin = join(output, 'twin');
  const executables = { released: executableIn(released), twin: executableIn(twin) };
  if (await upToDate()) return executables;
  say('Packing the application for the tests.');
  await rm(output, { recursive: true, force: true });
  const code = await packApplication({ args: ['--dir'], runtime, output });
  if (code !== 0) throw new Error(`electron-builder ended with ${code}`);
  await cp(released, twin, { recursive: true, verbatimSymlinks: true });
  await openInspector(executables.twin);
  if (runtime.sqliteBinding) await cp(runtime.sqliteBinding, join(twin, 'resources', 'better_sqlite3-napi9.node'));
  await writeFile(stamp, new Date().toISOString());
  return executables;
};

if (process.argv[1] === import.meta.filename) {
  const { findRuntime } = await import('./electron-runtime.mjs');
  console.log(await packForTests(await findRuntime({ allowRegistry: true }), console.log));
}
