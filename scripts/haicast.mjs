/** `npm run --silent haicast -- …`: the command line. stdout is the command's alone. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';

ensureInstalled();
const { status, signal } = spawnSync(
  projectNode(),
  // Paths on the command line are meant from where the person stands: npm changes to the project's folder and says so.
  [join(root, 'src/main/hosts/cli/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() },
);
process.exitCode = signal ? 130 : (status ?? 1);
