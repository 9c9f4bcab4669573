import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const runModule = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/run.mjs')).href;
/** A process that runs `program` as the launcher does and ends with its exit code. */
const launcher = (program: string): string[] => [
  '--input-type=module',
  '-e',
  `import { run } from ${JSON.stringify(runModule)};
   const ending = run(process.execPath, ['-e', ${JSON.stringify(program)}]);
   // After the launcher's own listener: what it hands on is on its way by then.
   process.on('SIGINT', () => console.log('launcher'));
   process.exitCode = await ending;`,
];
/** Says that it is there, counts how often it is interrupted, and ends with that number once it is told to stop. */
const counting = `let n = 0;
  process.on('SIGINT', () => { n += 1; console.log('interrupted'); });
  process.on('SIGTERM', () => process.exit(40 + n));
  process.stdin.on('data', (typed) => String(typed).includes('q') && process.exit(40 + n));
  setInterval(() => {}, 1000);
  console.log('ready');`;

it('answers with the program’s exit code, and with the signal that ended it', () => {
  expect(spawnSync(process.execPath, launcher('process.exit(7)')).status).toBe(7);
  const killed = spawnSync(process.execPath, launcher(`process.kill(process.pid, 'SIGKILL')`));
  expect(killed.status).toBe(128 + 9);
});

it.skipIf(process.platform === 'win32')('hands signals on, each once (left out on Windows)', async () => {
  const child = spawn(process.execPath, launcher(counting), { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const said = async (word: string) => {
    while (!output.includes(word)) output += String((await once(child.stdout, 'data'))[0]);
  };
  await said('ready');
  child.kill('SIGINT');
  await said('interrupted');
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(41);
});

it.skipIf(process.platform !== 'linux')(
  'leaves Ctrl+C in a terminal to the terminal (left out: only on Linux)',
  async () => {
    const quoted = [process.execPath, ...launcher(counting)]
      .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
      .join(' ');
    const terminal = spawn('script', ['--quiet', '--return', '--command', quoted, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    const said = async (word: string) => {
      while (!output.includes(word)) output += String((await once(terminal.stdout, 'data'))[0]);
    };
    await said('ready');
    terminal.stdin.write('\x03');
    await said('interrupted');
    await said('launcher');
    terminal.stdin.write('q\n');
    expect((await once(terminal, 'exit'))[0]).toBe(41);
  },
);
