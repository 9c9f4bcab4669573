import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import type { Launch, LaunchOptions } from './host.ts';

const root = resolve(import.meta.dirname, '../../..');
const URL_IN_LINE = /http:\/\/127\.0\.0\.1:\d+\/\S*/;

/** Starts the loopback host as `npm start` does and waits for the line with its address. */
const startServer = async (options: LaunchOptions): Promise<{ server: ChildProcess; url: string }> => {
  const server = spawn(
    process.execPath,
    [resolve(root, 'src/main/hosts/loopback/main.ts'), '--no-open', ...(options.arguments ?? [])],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        HAICAST_DATA: options.dataFolder,
        HAICAST_PASSPHRASE: options.passphrase ?? '',
        LANG: options.locale === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
        LC_ALL: '',
      },
    },
  );
  if (!server.stdout) throw new Error('the loopback host has no standard output');
  for await (const line of createInterface({ input: server.stdout })) {
    const url = URL_IN_LINE.exec(line)?.[0];
    if (url) return { server, url };
  }
  throw new Error('the loopback host ended without printing its address');
};

const ended = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
};

/** The worker among the children of the server, by the source file it runs. */
const workerPid = (server: ChildProcess, kind: 'dicom' | 'inference'): number => {
  const source = kind === 'dicom' ? 'study/worker.ts' : 'inference/worker.ts';
  const listing = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of listing.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    if (match && Number(match[2]) === server.pid && match[3]?.includes(source)) return Number(match[1]);
  }
  throw new Error(`no ${kind} worker is running`);
};

export const browserHost =
  (browser: Browser): Launch =>
  async (options) => {
    const { server, url } = await startServer(options);
    const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(url);
    return {
      page,
      killWorker: async (kind) => {
        process.kill(workerPid(server, kind), 'SIGKILL');
      },
      close: async () => {
        await context.close();
        await ended(server, 'SIGTERM');
      },
      kill: async () => {
        await ended(server, 'SIGKILL');
        await context.close();
      },
    };
  };
