import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolderOf } from '../../../../src/main/hosts/data-folder.ts';

test.each([
  ['linux', {}, join('/home/a', '.local', 'share', 'haicast')],
  ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'haicast')],
  ['darwin', {}, join('/home/a', 'Library', 'Application Support', 'haicast')],
  ['win32', { APPDATA: 'C:/roaming' }, join('C:/roaming', 'haicast')],
  ['win32', {}, join('/home/a', 'AppData', 'Roaming', 'haicast')],
  ['linux', { HAICAST_DATA: '/somewhere' }, '/somewhere'],
] as const)('on %s with %j records are kept in %s', (platform, env, expected) => {
  expect(dataFolderOf(env, platform, '/home/a')).toBe(expected);
});
