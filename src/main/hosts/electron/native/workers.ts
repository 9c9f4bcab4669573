import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { SpawnWorker } from '../../../workers/connection.ts';
import { bundledEntries } from '../../../workers/entries.ts';
import { workerEnvironment } from '../../../workers/environment.ts';

/** Worker processes by `utilityProcess`, from the folder that holds the built main process. */
export const utilityWorkers =
  (mainFolder: string): SpawnWorker =>
  (kind) => {
    const child = utilityProcess.fork(join(mainFolder, bundledEntries[kind]), [], {
      serviceName: `haicast ${kind}`,
      env: workerEnvironment(process.env),
      stdio: 'inherit',
    });
    return {
      // Known once it runs; a killed one has none.
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
      kill: () => child.kill(),
    };
  };
