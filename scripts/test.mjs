/** `npm test`: installs what is missing, under any Node from 18, then runs every suite and counts. */
import { join } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';
import { run } from './run.mjs';

ensureInstalled({ say: (line) => console.log(line) });
process.exitCode = await run(projectNode(), [join(root, 'scripts/suites.mjs'), ...process.argv.slice(2)]);
