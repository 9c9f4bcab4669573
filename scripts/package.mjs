/**
 * `npm run package`: installers for this platform with the pinned Electron; `--dir`: the unpacked application only, on the
 * Electron that is at hand. Further arguments go to electron-builder, e.g. `--win`.
 */
import { ensureBuilt } from './build.mjs';
import { findElectron } from './electron.mjs';
import { packApplication, unpackedFolder } from './package-application.mjs';

const say = (line) => console.log(line);
const args = process.argv.slice(2);
const onlyFolder = args.includes('--dir');

/** Installers are only ever made of the pinned Electron; a folder to look at may hold another one. */
const runtimeToPack = async () => {
  if (!onlyFolder) return undefined;
  const runtime = await findElectron({ say });
  say(runtime.kind === 'none' ? runtime.reason : runtime.note);
  return runtime.kind === 'none' ? undefined : runtime;
};

if (!ensureBuilt({ say })) process.exit(1);
process.exitCode = await packApplication({ args, runtime: await runtimeToPack() });
if (process.exitCode === 0 && onlyFolder) say(`Packed: ${unpackedFolder('dist')}`);
