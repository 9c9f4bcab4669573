import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { makeOnce, withLock } from '../../runtime/machine/cache-folder.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});

it('makes a thing once, and leaves nothing that looks finished when it fails', async () => {
  const target = join(folder, 'thing');
  await expect(
    makeOnce(target, async (partial) => {
      writeFileSync(partial, 'half');
      throw new Error('interrupted');
    }),
  ).rejects.toThrow('interrupted');
  expect(existsSync(target)).toBe(false);
  await makeOnce(target, async (partial) => writeFileSync(partial, 'whole'));
  await makeOnce(target, async () => {
    throw new Error('made twice');
  });
  expect(readFileSync(target, 'utf8')).toBe('whole');
});

it('lets one in at a time', async () => {
  const lock = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)]);
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

it('takes over the lock of a process that died', async () => {
  const lock = join(folder, 'lock');
  mkdirSync(lock);
  // Above the largest process id that Linux gives.
  writeFileSync(join(lock, 'pid'), '4194999');
  expect(await withLock(lock, async () => 'in')).toBe('in');
});
