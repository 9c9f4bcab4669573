import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that this user may still write into a folder, once a probe was written there; else the code of what kept it from that. */
export const freeBytes = async (folder: string): Promise<number | string> => {
  const probe = join(folder, `.self-check-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, 'haicast', { mode: 0o600, flag: 'wx' });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
};
