import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { projectNode, root } from '../../../scripts/install.mjs';
import { cacheRoot } from '../machine/cache-folder.ts';

export const node = projectNode();
export const say = (line: string): void => console.log(line);

/**
 * Programs that a suite starts by name find the same Node. What it compiles is kept: the browser's tests alone start the
 * host dozens of times, and half of that is its sources.
 */
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
  NODE_COMPILE_CACHE: join(cacheRoot(), 'compiled'),
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
};

/** `held` output is shown whole at the end, so that it does not run into that of what is shown as it comes. */
export type Showing = 'as it comes' | 'held';

/** Runs a program in the project's folder, shows its output and keeps it. */
export const run = (
  command: string,
  args: string[],
  extraEnv: NodeJS.ProcessEnv = {},
  showing: Showing = 'as it comes',
): Promise<{ ok: boolean; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...env, ...extraEnv }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on('data', (chunk) => {
        output += chunk;
        if (showing === 'as it comes') to.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => {
      if (showing === 'held') process.stdout.write(output);
      resolve({ ok: code === 0, output });
    });
  });
