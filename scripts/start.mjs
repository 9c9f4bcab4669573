/** `npm start`: installs what is missing, under any Node from 18, then opens the workstation. */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled({ say: (line) => console.log(line) });
process.exitCode = await run(projectNode(), [join(root, 'scripts/workstation.mjs'), ...process.argv.slice(2)]);
