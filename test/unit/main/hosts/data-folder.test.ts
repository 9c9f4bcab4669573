import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolderOf, settleDataFolder } from '../../../../src/main/hosts/data-folder.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

test.each([
  ['linux', {}, join('/home/a', '.local', 'share', 'haicast')],
  ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'haicast')],
  ['darwin', {}, join('/home/a', 'Library', 'Application Support', 'haicast')],
  ['win32', { APPDATA: 'C:/roaming', LOCALAPPDATA: 'C:/local' }, join('C:/local', 'haicast')],
  ['win32', {}, join('/home/a', 'AppData', 'Local', 'haicast')],
  ['linux', { HAICAST_DATA: '/somewhere' }, '/somewhere'],
] as const)('on %s with %j records are kept in %s', (platform, env, expected) => {
  expect(dataFolderOf(env, platform, '/home/a')).toBe(expected);
});

test('what an earlier release kept in the roaming profile is moved out of it once, and used there where it cannot be', () => {
  const home = temporaryFolder();
  const env = { APPDATA: join(home, 'Roaming'), LOCALAPPDATA: join(home, 'Local') };
  const [roaming, local] = [join(env.APPDATA, 'haicast'), join(env.LOCALAPPDATA, 'haicast')];
  mkdirSync(roaming, { recursive: true });
  writeFileSync(join(roaming, 'records.db'), 'kept');
  // Nothing can be made below a file.
  writeFileSync(env.LOCALAPPDATA, '');
  expect(settleDataFolder(env, 'win32', home)).toBe(roaming);
  rmSync(env.LOCALAPPDATA);
  expect(settleDataFolder(env, 'win32', home)).toBe(local);
  expect(readFileSync(join(local, 'records.db'), 'utf8')).toBe('kept');
  expect(existsSync(roaming)).toBe(false);
  mkdirSync(roaming);
  expect(settleDataFolder(env, 'win32', home)).toBe(local);
});
