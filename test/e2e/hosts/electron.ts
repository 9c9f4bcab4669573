import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { _electron, type ElectronApplication, errors } from '@playwright/test';
import { findTestRuntime, type TestRuntime } from '../../runtime/electron/find.ts';
import { ownDisplay } from './displays.ts';
import type { Launch, LaunchOptions, RunningApp } from './host.ts';
import { heldAnswers } from './main-process.ts';
import { killTree } from './processes.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The running product, with a way into its main process. */
export interface RunningElectron extends RunningApp {
  app: ElectronApplication;
  /** What the main process and its workers wrote on stderr so far. */
  output: () => string;
}

export interface ElectronLaunchOptions extends LaunchOptions {
  /** More switches for Chromium, e.g. `--password-store=gnome-libsecret`. */
  switches?: string[];
  env?: Record<string, string>;
  /** A packed application instead of the built one. */
  executable?: string;
}

/** Long for a loaded machine, short enough that a launch that hangs is told as such and not as a slow test. */
const LAUNCH_LIMIT_MS = 45_000;
const LAUNCHES = 3;

/**
 * Chromium sometimes never answers a listener that attaches while a page navigates for the first time. An application that
 * does not wait for Playwright (the packed one) can meet that: it is started again, and said.
 */
const launched = async (
  settings: Parameters<typeof _electron.launch>[0],
  launches = LAUNCHES,
): Promise<ElectronApplication> => {
  try {
    return await _electron.launch({ ...settings, timeout: LAUNCH_LIMIT_MS });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError) || launches === 1) throw error;
    console.warn(`The application did not come up in ${LAUNCH_LIMIT_MS / 1000} s and is started once more.`);
    return launched(settings, launches - 1);
  }
};

let runtime: Promise<TestRuntime> | undefined;
const theRuntime = (): Promise<TestRuntime> => {
  runtime ??= findTestRuntime().then((answer) => {
    if (answer.kind === 'none') throw new Error(`no Electron to run: ${answer.reason}`);
    return answer;
  });
  return runtime;
};

/** HAICAST_PACKED names a packed application to drive instead of the built one. */
const packedOf = (options: ElectronLaunchOptions) => options.executable ?? (process.env.HAICAST_PACKED || undefined);

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const ended = async (child: ChildProcess): Promise<void> => {
  if (!isGone(child)) await once(child, 'exit');
};

/** The worker process of a kind; undefined while it does not run. */
export const workerId = (app: ElectronApplication, kind: 'dicom' | 'inference'): Promise<number | undefined> =>
  app.evaluate(
    ({ app: electronApp }, name) => electronApp.getAppMetrics().find((metric) => metric.name === name)?.pid,
    `haicast ${kind}`,
  );

const resizeTo = async (app: ElectronApplication, size: { width: number; height: number }): Promise<void> => {
  await app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
  }, size);
};

export const launchElectron = async (options: ElectronLaunchOptions): Promise<RunningElectron> => {
  const { executable, sqliteAddon } = await theRuntime();
  const packed = packedOf(options);
  const settings = {
    executablePath: packed ?? executable,
    // Nothing of the checkout stands in for what is not packed.
    ...(packed ? { cwd: dirname(packed) } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--lang=${options.locale === 'zh-CN' ? 'zh-CN' : 'en-US'}`,
      ...(options.switches ?? []),
      ...(packed ? [] : [root]),
      ...(options.arguments ?? []),
    ],
    env: {
      ...process.env,
      ...ownDisplay(),
      ...(sqliteAddon ? { HAICAST_TEST_SQLITE_ADDON: sqliteAddon } : {}),
      // The packed application opens its window without waiting for Playwright, and has no switch for tests that it should obey.
      ...(packed ? {} : { HAICAST_TEST_LISTENS: '1' }),
      HAICAST_DATA: options.dataFolder,
      HAICAST_PASSPHRASE: options.passphrase ?? '',
      LANGUAGE: options.locale === 'zh-CN' ? 'zh_CN' : 'en_US',
      ...options.env,
    },
  };
  const app = await launched(settings);
  heldAnswers(app);
  // Asked for now: Playwright has no answer once the application is gone.
  const child = app.process();
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const page = await app.firstWindow();
  // A page in its first navigation has no frame yet that a reload or a call could be about.
  await page.waitForURL((url) => url.protocol === 'app:');
  if (options.size) await resizeTo(app, options.size);
  return {
    app,
    page,
    output: () => output,
    choosing: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, path),
    close: async () => {
      if (isGone(child)) return;
      const gone = ended(child);
      // Quits as the menu does, and lets go of the inspector, which the process would wait for.
      await app.close();
      await gone;
    },
    killWorker: async (kind) => {
      const id = await workerId(app, kind);
      if (id === undefined) throw new Error(`no ${kind} worker runs`);
      process.kill(id, 'SIGKILL');
    },
    kill: async () => {
      if (isGone(child)) return;
      const gone = ended(child);
      if (child.pid !== undefined) killTree(child.pid);
      await gone;
    },
  };
};

/** The product as the shared behaviours drive it. */
export const electronHost: Launch = (options) => launchElectron(options);
