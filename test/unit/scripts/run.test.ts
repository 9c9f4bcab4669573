import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const runModule = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/run.mjs')).href;
/** A process that runs `program` as the launcher does and ends with its exit code. */
const launcher = (program: string, before = ''): string[] => [
  '--input-type=module',
  '-e',
  `import { run } from ${JSON.stringify(runModule)};
   ${before}
   const ending = run(process.execPath, ['-e', ${JSON.stringify(program)}]);
   process.on('SIGINT', () => console.log('launcher'));
   process.exitCode = await ending;`,
];
/** Says that it is there, counts how often it is interrupted, and ends with that number once it is told to stop. */
const counting = `let n = 0;
  process.on('SIGINT', () => { n += 1; console.log('interrupted'); });
  process.on('SIGTERM', () => process.exit(40 + n));
  setInterval(() => {}, 1000);
  console.log('ready');`;

it('answers with the program’s exit code, and with the signal that ended it', () => {
  expect(spawnSync(process.execPath, launcher('process.exit(7)')).status).toBe(7);
  const killed = spawnSync(process.execPath, launcher(`process.kill(process.pid, 'SIGKILL')`));
  expect(killed.status).toBe(128 + 9);
});

/** A launcher, what it says, and its exit code. */
const start = (args: string[]) => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    said: async (word: string) => {
      while (!output.includes(word)) output += String((await once(child.stdout, 'data'))[0]);
    },
    ended: once(child, 'exit').then(([code]) => code as number),
  };
};

it.skipIf(process.platform === 'win32')('hands signals on, each once (left out on Windows)', async () => {
  const child = start(launcher(counting));
  await child.said('ready');
  child.kill('SIGINT');
  await child.said('interrupted');
  child.kill('SIGTERM');
  expect(await child.ended).toBe(41);
});

it.skipIf(process.platform === 'win32')(
  'leaves Ctrl+C in a terminal to the terminal (left out on Windows)',
  async () => {
    const inTerminal = `Object.defineProperty(process.stdin, 'isTTY', { value: true });`;
    const child = start(launcher(counting, inTerminal));
    await child.said('ready');
    child.kill('SIGINT');
    // Its own listener comes after the one that would have handed it on.
    await child.said('launcher');
    child.kill('SIGTERM');
    expect(await child.ended).toBe(40);
  },
);
