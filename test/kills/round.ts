/** One round: a process writes, something happens to it and to its disk, and what it told is compared with what is there. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Random } from '../fuzz/random.ts';
import { after, type Expected } from './expected.ts';
import { look } from './look.ts';
import { type Operation, passphraseOf, type Told } from './operations.ts';

/** What happens to the disk meanwhile. */
export type Disk = 'well' | 'full' | 'read-only';

export interface Round {
  folder: string;
  disk: Disk;
  /** The workload, as a file that Node runs. */
  program: string;
  random: Random;
  /** Number of its first write. */
  first: number;
  before: Expected;
  /** Whom the process gives its rights to; absent where it has none to give. */
  uid?: number | undefined;
}

export interface Outcome {
  problems: string[];
  now: Expected;
  acknowledged: number;
  /** Acknowledged writes of each kind. */
  kinds: Record<string, number>;
  refused: Record<string, number>;
  /** It was killed, and did not end by itself before. */
  killed: boolean;
  /** Writes that were under way at the end. */
  cut: number;
  next: number;
}

const WRITES = 40;
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Takes every byte that is free, and gives them back. */
const whileFull = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const filler = join(folder, '..', 'filler');
  const handle = openSync(filler, 'w');
  try {
    for (let size = 2 ** 20; size >= 512; size /= 2) {
      try {
        for (;;) writeSync(handle, new Uint8Array(size));
      } catch {
        // No room for so many bytes.
      }
    }
    await work();
  } finally {
    closeSync(handle);
    rmSync(filler);
  }
};

const setRights = (folder: string, file: number, directory: number): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    try {
      if (entry.isFile()) chmodSync(join(folder, entry.name), file);
    } catch {
      // A temporary file that is gone again.
    }
  }
  chmodSync(folder, directory);
};

const whileReadOnly = async (folder: string, work: () => Promise<void>): Promise<void> => {
  setRights(folder, 0o400, 0o500);
  try {
    await work();
  } finally {
    setRights(folder, 0o600, 0o700);
  }
};

/** Makes everything in the folder the user's. */
export const give = (folder: string, uid: number): void => {
  chownSync(folder, uid, uid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), uid, uid);
};

/** Fills the disk or takes the rights away, for moments, as long as the process is `running`. */
export const disturb = async (folder: string, disk: Disk, random: Random, running: () => boolean): Promise<void> => {
  const hold = disk === 'full' ? whileFull : whileReadOnly;
  while (disk !== 'well' && running()) {
    await pause(random.below(40));
    if (running()) await hold(folder, () => pause(random.below(40)));
  }
};

/** Kills the process at some moment: while it opens the folder, or some way into its writes. */
const killer = (random: Random, kill: () => void) => {
  const whileOpening = random.chance(0.2);
  const writes = random.below(12);
  const delay = random.below(whileOpening ? 60 : 15);
  let seen = 0;
  return (told: Told): void => {
    if (whileOpening ? told.at === 'loaded' : told.at === 'start' && seen++ === writes) setTimeout(kill, delay);
  };
};

export const runRound = async (round: Round): Promise<Outcome> => {
  const { folder, program, random, first, before, uid } = round;
  if (uid !== undefined) give(folder, uid);
  const passphrase = before.passphrase === undefined ? '' : passphraseOf(before.passphrase);
  const args = [folder, String(random.below(2 ** 31)), String(first), String(WRITES), passphrase];
  const child = spawn(process.execPath, [program, ...args, ...(uid === undefined ? [] : [String(uid)])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let running = true;
  let now = before;
  let open: Operation | undefined;
  const outcome = {
    acknowledged: 0,
    kinds: {} as Record<string, number>,
    refused: {} as Record<string, number>,
    killed: false,
    cut: 0,
    next: first,
  };
  const toldKiller = killer(random, () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const told = JSON.parse(line) as Told;
    toldKiller(told);
    if (told.at === 'created') now = { ...now, created: true };
    if (told.at === 'start') {
      open = told;
      outcome.next = told.n + 1;
    }
    if (told.at === 'done' && open) {
      now = after(now, open, told);
      outcome.acknowledged += 1;
      outcome.kinds[open.kind] = (outcome.kinds[open.kind] ?? 0) + 1;
      open = undefined;
    }
    if (told.at === 'refused') {
      open = undefined;
      const why = told.code === 'internal' ? `internal: ${told.kind ?? 'start'}: ${told.detail}` : told.code;
      outcome.refused[why] = (outcome.refused[why] ?? 0) + 1;
    }
  });
  const heard = new Promise((resolve) => lines.on('close', resolve));
  const ended = new Promise<string | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal))).then(
    (signal) => {
      running = false;
      outcome.killed = signal === 'SIGKILL';
    },
  );
  await Promise.all([ended, heard, disturb(folder, round.disk, random, () => running)]);
  outcome.cut = open ? 1 : 0;
  const found = await look(folder, now, open);
  return { ...outcome, ...found };
};

export interface SmallDisk {
  folder: string;
  release(): void;
}

/** A small file system of memory; undefined where it may not be mounted. */
export const mountSmall = (folder: string, megabytes: number): SmallDisk | undefined => {
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder]).status !== 0) return undefined;
  return { folder, release: () => void spawnSync('umount', ['-l', folder]) };
};
