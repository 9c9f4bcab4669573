/** What happens to the disk of a data folder while something is written to it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../fuzz/random.ts';

export type Disk = 'well' | 'full' | 'read-only';

const LONGEST_MOMENT_MS = 40;
/** Between two such moments: short, so that each write meets them, or long enough for one that takes its time to be made. */
const LONGEST_BETWEEN_MS = [40, 400];

const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

const MOST_AT_ONCE = 2 ** 20;
const filling = new Uint8Array(MOST_AT_ONCE);

/** Takes every byte that is free, and gives them back. */
const whileFull = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const filler = join(folder, '..', 'filler');
  const handle = openSync(filler, 'w');
  try {
    for (let size = MOST_AT_ONCE; size >= 512; size /= 2) {
      try {
        for (;;) writeSync(handle, filling, 0, size);
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
  const between = random.pick(LONGEST_BETWEEN_MS);
  while (disk !== 'well' && running()) {
    await pause(random.below(between));
    if (running()) await hold(folder, () => pause(random.below(LONGEST_MOMENT_MS)));
  }
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

/**
 * Is it true of this disk what a refused write was told? Of one that is well nothing is. A code that says what was not made
 * names what the system said in its detail.
 */
export const isTrueOf = (disk: Disk, code: string, detail: string): boolean => {
  // A disk is no fault of the program.
  if (code === 'internal') return false;
  // Of a history that was locked, and whose disk does not let it be opened again.
  if (disk !== 'well' && code === 'records-locked') return true;
  if (disk === 'full') return code === 'disk-full' || /ENOSPC|SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE)/.test(detail);
  if (disk === 'read-only') return code === 'records-read-only' || /EACCES|EPERM/.test(detail);
  return false;
};
