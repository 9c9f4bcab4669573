/**
 * `npm run package`: installers for this platform with the pinned Electron; `--dir`: the unpacked application only, on the
 * Electron that is at hand. Further arguments go to electron-builder, e.g. `--win`.
 */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled({ say: (line) => console.log(line) });
process.exitCode = await run(projectNode(), [join(root, 'scripts/package-run.mjs'), ...process.argv.slice(2)]);
