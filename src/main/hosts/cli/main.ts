import { applicationVersion, createNodeApplication } from '../node-application.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await runProgram(process.argv.slice(2), {
  version: applicationVersion(),
  terminal: processTerminal(),
  createApplication: () => createNodeApplication({ host: 'cli' }),
  passphrase: process.env.HAICAST_PASSPHRASE || undefined,
});
