import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where made things are kept between runs: `HAICAST_CACHE`, else the user's cache folder. */
export const cacheRoot = (env: NodeJS.ProcessEnv = process.env): string =>
  env.HAICAST_CACHE ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'haicast');

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return codeOf(error) === 'EPERM';
  }
};

const POLL_MS = 200;
/** A lock folder without a readable owner is one whose maker died between two system calls. */
const OWNERLESS_AFTER_MS = 5_000;

const isStale = async (lock: string): Promise<boolean> => {
  const pid = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => ''));
  if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
  const made = await stat(lock).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > OWNERLESS_AFTER_MS;
};

/** Runs `work` while no other process runs it under the same lock folder. A lock whose owner died is taken over. */
export const withLock = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  await mkdir(join(lock, '..'), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (await isStale(lock)) await rm(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  try {
    await writeFile(join(lock, 'pid'), String(process.pid));
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
};

/**
 * Makes `target` once: `make` fills a sibling that is renamed into place when it is whole, so an interrupted run leaves
 * nothing that looks finished. Call it under a lock.
 */
export const makeOnce = async (target: string, make: (partial: string) => Promise<void>): Promise<void> => {
  if (await exists(target)) return;
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(join(target, '..'), { recursive: true });
  await make(partial);
  await rename(partial, target);
};
