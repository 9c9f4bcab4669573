/** Processes that can be killed: the next one loads its program while the last one's folder is looked at. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import type { Job, Told } from './operations.ts';
import type { Program } from './program.ts';

export interface Child {
  kill(): void;
  /**
   * Stops it between two instructions, hears all that it had told by then, and lets it go on after `look`: what is on its disk
   * meanwhile is what a kill at this moment would have left.
   */
  during(look: () => Promise<void>): Promise<void>;
  running(): boolean;
  /** Gives it its work, and hears what it tells until it has ended. Answers whether it was killed. */
  work(job: Job, hear: (told: Told) => void): Promise<boolean>;
  /** Ends one that nothing was given to. */
  dismiss(): void;
}

/** Letters of the states of proc(5). */
const STOPPED = /^[tTZX]/;
const stateOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
  } catch {
    return 'X';
  }
};

/** What was written to a pipe before is read by the next look of the event loop at it; one more, for what that brought. */
const allRead = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
};

const childOf = (process: ChildProcess): Child => {
  const { stdin, stdout } = process;
  if (!stdin || !stdout) throw new Error('a process without its pipes');
  const early: Told[] = [];
  let hear = (told: Told): void => void early.push(told);
  const lines = createInterface({ input: stdout });
  lines.on('line', (line) => hear(JSON.parse(line) as Told));
  const heard = new Promise<void>((resolve) => lines.on('close', resolve));
  const ended = new Promise<string | null>((resolve) => process.on('exit', (_code, signal) => resolve(signal)));
  const running = (): boolean => process.exitCode === null && process.signalCode === null;
  stdin.on('error', () => undefined);
  return {
    kill: () => void process.kill('SIGKILL'),
    running,
    during: async (look) => {
      const { pid } = process;
      if (pid === undefined || !running()) return;
      process.kill('SIGSTOP');
      try {
        while (!STOPPED.test(stateOf(pid))) await setImmediate();
        await allRead();
        if (running()) await look();
      } finally {
        process.kill('SIGCONT');
      }
    },
    dismiss: () => stdin.end(),
    work: async (job, listener) => {
      hear = listener;
      early.forEach(listener);
      stdin.write(`${JSON.stringify(job)}\n`);
      const [signal] = await Promise.all([ended, heard]);
      return signal === 'SIGKILL';
    },
  };
};

export interface Children {
  next(): Child;
  dismiss(): void;
}

/** `uid`: whom a process gives its rights to; absent where it has none to give. */
export const children = ({ file, environment }: Program, uid: number | undefined): Children => {
  const start = (): Child =>
    childOf(
      spawn(process.execPath, [file, ...(uid === undefined ? [] : [String(uid)])], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: environment,
      }),
    );
  let waiting = start();
  return {
    next: () => {
      const child = waiting;
      waiting = start();
      return child;
    },
    dismiss: () => waiting.dismiss(),
  };
};
