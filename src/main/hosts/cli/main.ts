import { logFileOf } from '../../log/log.ts';
import { applicationVersion, createNodeApplication, dataFolder } from '../node-application.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await runProgram(process.argv.slice(2), {
  version: applicationVersion(),
  terminal: processTerminal(),
  createApplication: (given) => createNodeApplication({ host: 'cli', ...given }),
  logFile: logFileOf(dataFolder()),
  passphrase: process.env.HAICAST_PASSPHRASE || undefined,
  newPassphrase: process.env.HAICAST_NEW_PASSPHRASE || undefined,
  exportPassphrase: process.env.HAICAST_EXPORT_PASSPHRASE || undefined,
});
