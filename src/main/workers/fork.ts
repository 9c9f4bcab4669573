import { fork } from 'node:child_process';
import { AppError } from '#shared/errors.ts';
import type { SpawnWorker, WorkerKind } from './connection.ts';
import { workerEnvironment } from './environment.ts';
import { permissionOptions } from './permissions.ts';

/** Worker processes by `child_process.fork`, for every host but Electron, each under Node's permission model. A test names those that it needs. */
export const forkWorkers =
  (entries: Partial<Record<WorkerKind, string>>): SpawnWorker =>
  (kind, access) => {
    const entry = entries[kind];
    if (entry === undefined) throw new AppError('internal', `There is no ${kind} worker here.`);
    const child = fork(entry, [], {
      env: {
        ...workerEnvironment(process.env),
        NODE_OPTIONS: permissionOptions(entry, access, kind === 'inference'),
      },
      // What this process was started with would be handed on.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return {
      pid: child.pid,
      send: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        let told = false;
        const tell = (description: string) => {
          if (told) return;
          told = true;
          listener(description);
        };
        child.on('exit', (code, signal) => tell(`exit code ${code}, signal ${signal}`));
        child.on('error', (error) => tell(`could not be run: ${'code' in error ? error.code : error.name}`));
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
