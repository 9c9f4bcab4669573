import type { Page } from '@playwright/test';

export interface LaunchOptions {
  /** Kept over restarts; made by the fixture. */
  dataFolder: string;
  size?: { width: number; height: number };
  locale?: 'en' | 'zh-CN';
  /** The records' passphrase, for a host without a keychain; without one the page asks. */
  passphrase?: string;
  /** Arguments a person would give on the command line, e.g. a study to open. */
  arguments?: string[];
  /** Its clock and the name of who sits at it are the same in every run, and nothing moves: for pictures that are compared. In a browser only. */
  still?: boolean;
}

/** The running application as a person meets it: one window. */
export interface RunningApp {
  page: Page;
  /** Says which file or folder the system's or the browser's own chooser gives, when it is next asked. */
  choosing(path: string): Promise<void>;
  /** Ends it as a person would. */
  close(): Promise<void>;
  /** Kills one worker process, as a native failure would. */
  killWorker(kind: 'dicom' | 'inference'): Promise<void>;
  /** Ends it without warning: SIGKILL to its process and its workers. */
  kill(): Promise<void>;
}

export type Launch = (options: LaunchOptions) => Promise<RunningApp>;
