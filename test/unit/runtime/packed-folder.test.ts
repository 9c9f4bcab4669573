import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packagesAbove, packedFolder } from '../../runtime/electron/packed-folder.ts';

it('lies outside of every checkout, each with its own', () => {
  const env = { HAICAST_CACHE: '/home/a/.cache/haicast' };
  const one = packedFolder(env, '/home/a/haicast');
  expect(one.startsWith('/home/a/.cache/haicast/packed/')).toBe(true);
  expect(packedFolder(env, '/home/a/other')).not.toBe(one);
});

it('is noticed where packages lie above it, which would stand in for those that are not packed', () => {
  const of = (...folders: string[]) => folders.map((folder) => join(folder, 'node_modules'));
  const above = (there: string[]) => packagesAbove('/home/a/.cache/haicast/packed/1', (path) => there.includes(path));
  expect(above([])).toBeUndefined();
  expect(above(of('/home/a'))).toBe(join('/home/a', 'node_modules'));
  expect(above(of('/'))).toBe(join('/', 'node_modules'));
  // Its own are what is tested.
  expect(above(of('/home/a/.cache/haicast/packed/1'))).toBeUndefined();
});
