/** `npm run test:electron`: installs what is missing, under any Node from 18, then tests the product's own window. */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled({ say: (line) => console.log(line) });
process.exitCode = await run(projectNode(), [join(root, 'scripts/test-electron-run.mjs'), ...process.argv.slice(2)]);
