import { expect, it } from 'vitest';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { recordingTerminal } from './recording-terminal.ts';

it('the help says where what went wrong is written', async () => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(['--help'], {
    version: '0.0.0',
    logFile: '/data/logs/haicast.log',
    passphrase: undefined,
    terminal,
    createApplication: () => Promise.reject(new Error('help needs no application')),
  });
  expect(code).toBe(0);
  expect(written.stdout).toContain('/data/logs/haicast.log');
});
