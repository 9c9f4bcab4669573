/**
 * Packs the application for the suite, outside of the checkout: as it is released, and a twin of it that differs in two
 * things. The inspector's fuse is on, because the tests drive it by that; and where the runtime is too old for the SQLite
 * addon, the twin holds one that was compiled for it.
 */
import { existsSync, statSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { newest } from '../../../scripts/build.mjs';
import { root } from '../../../scripts/install.mjs';
import { executableIn, packApplication } from '../../../scripts/package-application.mjs';
import { findTestRuntime, type TestRuntime } from './find.ts';
import { packagesAbove, packedFolder, releasedFolder, twinFolder } from './packed-folder.ts';

const output = packedFolder();
const stamp = join(output, '.packed');
/** Names the checkout whose application this is. */
const OWNER = 'checkout';
const SOURCES = [
  'out/.built',
  'electron-builder.yml',
  'package-lock.json',
  'build',
  'scripts',
  'test/runtime/electron',
];

const upToDate = (): boolean =>
  existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...SOURCES.map((source) => newest(join(root, source))));

const openInspector = (executable: string) =>
  flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    resetAdHocDarwinSignature: process.platform === 'darwin',
  });

const sqliteIn = (unpacked: string): string =>
  join(
    unpacked,
    'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds',
    `${process.platform}-${process.arch}.node`,
  );

/** Executables of the packed application and of its twin. */
export interface Packed {
  released: string;
  twin: string;
}

/** Almost a gigabyte each: those whose checkout is gone. */
const removeOrphans = async (): Promise<void> => {
  const all = dirname(output);
  for (const name of existsSync(all) ? await readdir(all) : []) {
    const owner = await readFile(join(all, name, OWNER), 'utf8').catch(() => undefined);
    if (owner !== undefined && !existsSync(owner)) await rm(join(all, name), { recursive: true, force: true });
  }
};

export const packForTests = async (runtime: TestRuntime, say: (line: string) => void = () => {}): Promise<Packed> => {
  const [released, twin] = [releasedFolder(), twinFolder()];
  const packages = packagesAbove(output);
  if (packages !== undefined) {
    throw new Error(
      `the packed application would find packages that it lacks in ${packages}: set HAICAST_CACHE to another folder`,
    );
  }
  const executables = { released: executableIn(released), twin: executableIn(twin) };
  if (upToDate()) return executables;
  say('Packing the application for the tests.');
  await removeOrphans();
  await rm(output, { recursive: true, force: true });
  const args = ['--dir', '-c.afterPack=test/runtime/electron/after-pack.mjs'];
  const code = await packApplication({ args, runtime, output });
  if (code !== 0) throw new Error(`electron-builder ended with ${code}`);
  await cp(released, twin, { recursive: true, verbatimSymlinks: true });
  await openInspector(executables.twin);
  if (runtime.sqliteAddon) await cp(runtime.sqliteAddon, sqliteIn(twin));
  await writeFile(join(output, OWNER), root);
  await writeFile(stamp, new Date().toISOString());
  return executables;
};

if (import.meta.main) {
  const runtime = await findTestRuntime(console.log);
  if (runtime.kind === 'none') throw new Error(runtime.reason);
  console.log(await packForTests(runtime, console.log));
}
