/** The loopback host as a process of a test's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { bundledEntries } from '../../../src/main/workers/entries.ts';
import type { LaunchOptions } from './host.ts';
import { childrenOf } from './processes.ts';

const root = resolve(import.meta.dirname, '../../..');
const holdingStill = resolve(import.meta.dirname, 'still/host.ts');
const URL_IN_LINE = /http:\/\/127\.0\.0\.1:\d+\/\S*/;

export interface LoopbackProcess {
  process: ChildProcess;
  /** What a person opens. */
  url: string;
}

/** Starts the host as `npm start` does and waits for the line with its address. */
export const startLoopback = async (options: LaunchOptions): Promise<LoopbackProcess> => {
  const server = spawn(
    process.execPath,
    [
      ...(options.still ? ['--import', pathToFileURL(holdingStill).href] : []),
      resolve(root, 'out/main/loopback.js'),
      '--no-open',
      ...(options.arguments ?? []),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        HAICAST_DATA: options.dataFolder,
        HAICAST_PASSPHRASE: options.passphrase ?? '',
        LANG: options.locale === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
        LC_ALL: '',
        ...(options.still ? { TZ: 'UTC' } : {}),
      },
    },
  );
  if (!server.stdout) throw new Error('the loopback host has no standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    const url = URL_IN_LINE.exec(line)?.[0];
    if (url) return { process: server, url };
  }
  throw new Error('the loopback host ended without printing its address');
};

export const hasEnded = ({ process: { exitCode, signalCode } }: LoopbackProcess): boolean =>
  exitCode !== null || signalCode !== null;

export const end = async (server: LoopbackProcess, signal: NodeJS.Signals): Promise<void> => {
  if (hasEnded(server)) return;
  const exit = once(server.process, 'exit');
  server.process.kill(signal);
  await exit;
};

/** Kills the worker among the children of the host, found by the file it runs. */
export const killWorkerOf = (server: LoopbackProcess, kind: 'dicom' | 'inference'): void => {
  const worker = childrenOf(server.process.pid ?? 0).find(({ command }) => command.includes(bundledEntries[kind]));
  if (!worker) throw new Error(`no ${kind} worker is running`);
  process.kill(worker.id, 'SIGKILL');
};
