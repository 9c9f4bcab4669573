/**
 * Runs a program of this project on the project's own Node, under any Node from 18: `node scripts/on-node.mjs PROGRAM …`.
 * Installs what is missing first, and says so on stderr: stdout is the program's alone. Signals go to the program, its
 * exit code is the answer. With `--here` before it, the program runs where the person stands and not in the project's
 * folder, which npm changes to: paths on a command line are meant from there.
 */
import { resolve } from 'node:path';
import { ensureInstalled, projectNode, root } from './install.mjs';
import { run } from './run.mjs';

const given = process.argv.slice(2);
const here = given[0] === '--here';
const [program, ...args] = here ? given.slice(1) : given;

ensureInstalled();
process.exitCode = await run(projectNode(), [resolve(root, program), ...args], {
  // Node keeps what it compiled: the second start takes half the time. A folder that cannot be written is done without.
  env: { NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/compiled'), ...process.env },
  cwd: here ? (process.env.INIT_CWD ?? process.cwd()) : root,
});
