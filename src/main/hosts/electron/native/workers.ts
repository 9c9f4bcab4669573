import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { SpawnWorker, WorkerKind } from '../../../workers/connection.ts';

const entries: Readonly<Record<WorkerKind, string>> = {
  dicom: 'dicom-worker.js',
  inference: 'inference-worker.js',
};

/** A worker parses untrusted files: of the environment it gets what a process needs to run, and nothing else. */
const KEPT_ENVIRONMENT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir'];

export const workerEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    KEPT_ENVIRONMENT.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Worker processes by `utilityProcess`, from the folder that holds the built main process. */
export const utilityWorkers =
  (mainFolder: string): SpawnWorker =>
  (kind) => {
    const child = utilityProcess.fork(join(mainFolder, entries[kind]), [], {
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
