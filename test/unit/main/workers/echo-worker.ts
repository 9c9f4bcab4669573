/** A worker for the tests of the adapter: answers, reports, waits, fails and dies on demand. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors.ts';
import { serveWorker } from '../../../../src/main/workers/server.ts';

serveWorker({
  echo: (value: unknown) => value,
  pid: () => process.pid,
  environment: () => Object.keys(process.env),
  count: (total: number, { progress }) => {
    for (let done = 1; done <= total; done += 1) progress('count', done, total);
    return total;
  },
  untilCancelled: (_: unknown, { signal, progress }) =>
    new Promise((_resolve, reject) => {
      progress('waiting', 0, 1);
      signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
    }),
  fail: () => {
    throw new AppError('flat-image', 'The image is flat.', { params: { role: 'arterial' } });
  },
  hang: (_: unknown, { progress }) => {
    progress('hang', 0, 1);
    for (;;);
  },
  read: (path: string) => readFileSync(path, 'utf8'),
  write: (path: string) => writeFileSync(path, 'x'),
  spawn: () => execFileSync(process.execPath, ['--version'], { encoding: 'utf8' }),
  thread: () => new Worker('', { eval: true }).threadId,
  die: () => process.kill(process.pid, 'SIGKILL'),
});
