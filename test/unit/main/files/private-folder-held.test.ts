/** A file that another process still holds, as Windows has it. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { PrivateFolder, removeLeftBehind } from '../../../../src/main/files/private-folder.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const held = vi.hoisted(() => ({ path: '' }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const rmSync: typeof real.rmSync = (path, options) => {
    if (path === held.path) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    real.rmSync(path, options);
  };
  return { ...real, rmSync, default: { ...real, rmSync } };
});

test('what cannot be removed at the end keeps the process from nothing else, and goes at the next start', () => {
  const parent = temporaryFolder();
  const own = new PrivateFolder(parent);
  writeFileSync(join(own.path, 'image'), 'x');
  held.path = own.path;
  const { path } = own;
  own.remove();
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(parent).filter((name) => name.endsWith('.lock'))).toEqual([]);
  held.path = '';
  removeLeftBehind(parent);
  expect(readdirSync(parent)).toEqual([]);
});
