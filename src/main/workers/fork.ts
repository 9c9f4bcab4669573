import { fork } from 'node:child_process';
import type { SpawnWorker, WorkerKind } from './connection.ts';
import { workerEnvironment } from './environment.ts';

/** Worker processes by `child_process.fork`, for every host but Electron. */
export const forkWorkers =
  (entries: Record<WorkerKind, string>): SpawnWorker =>
  (kind) => {
    const child = fork(entries[kind], [], {
      env: workerEnvironment(process.env),
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
        child.on('error', (error) => tell(error.message));
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
