/** What went wrong, for those who are asked for help: codes and places in the program, in files that are kept small. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorFacts, factsOfPage, type LogFacts } from './error-facts.ts';

export interface Log {
  readonly file: string;
  note(event: string, facts?: LogFacts): void;
  /** Code, kind and places of an error; its sentences and params, which may name a patient, stay out. */
  failed(event: string, error: unknown, facts?: LogFacts): void;
  /** The same of an error in the page, which says itself what it is. */
  pageFailed(code: string, kind: string, at: readonly string[]): void;
}

const MOST_BYTES = 1024 ** 2;
/** Older files: `haicast.1.log` is the newest of them. */
const OLDER_FILES = 3;

const nameOf = (age: number): string => (age === 0 ? 'haicast.log' : `haicast.${age}.log`);

export const logFileOf = (dataFolder: string): string => join(dataFolder, 'logs', nameOf(0));

const line = (event: string, facts: LogFacts): string => {
  const words = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return `${[new Date().toISOString(), process.pid, event, ...words].join(' ').replace(/[\r\n]+/g, ' ')}\n`;
};

/**
 * A log in `logs/` of the data folder, for its owner alone. A line is in the file when the call returns, since the next
 * thing may be the end of the process. Several processes may write one log. What cannot be written is lost: there is nowhere
 * left to say so, and no work may fail for it.
 */
export const openLog = (dataFolder: string, mostBytes = MOST_BYTES): Log => {
  const file = logFileOf(dataFolder);
  const folder = join(dataFolder, 'logs');
  const turnOver = () => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < mostBytes) return;
    for (let age = OLDER_FILES - 1; age >= 0; age -= 1) {
      const from = join(folder, nameOf(age));
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, join(folder, nameOf(age + 1)));
    }
  };
  const note = (event: string, facts: LogFacts = {}): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      turnOver();
      appendFileSync(file, line(event, facts), { mode: 0o600 });
    } catch {
      // See above.
    }
  };
  return {
    file,
    note,
    failed: (event, error, facts) => note(event, { ...facts, ...errorFacts(error) }),
    pageFailed: (code, kind, at) => note('page', factsOfPage(code, kind, at)),
  };
};

/** What ends this process unforeseen is in the log before it does. */
export const logCrashes = (log: Log): void => {
  process.on('uncaughtExceptionMonitor', (error) => log.failed('crash', error));
};
