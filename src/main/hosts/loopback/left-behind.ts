import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try {
    return Number.isSafeInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as { code?: unknown }).code === 'EPERM';
  }
};

/** Clears the folders, named by process id, of processes that are gone, as a crashed one is, and of this one. */
export const removeLeftBehind = (parent: string): void => {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = Number(name);
    if (pid === process.pid || !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
};
