import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { launchPath } from '../../../../../../src/main/hosts/electron/start/launch-path.ts';

const folder = resolve('/work/here');

it.each([
  [['haicast'], true, undefined],
  [['haicast', '--no-sandbox'], true, undefined],
  [['haicast', '--no-sandbox', '/data/study'], true, resolve('/data/study')],
  [['haicast', 'study'], true, resolve(folder, 'study')],
  [['haicast.exe', '/prefetch:7', 'C:study'], true, resolve(folder, 'C:study')],
  [['electron', '--no-sandbox', '/the/app'], false, undefined],
  [['electron', '/the/app', '/data/study'], false, resolve('/data/study')],
  [['haicast', ''], true, undefined],
])('%j (packed: %s) names %s', (argv, isPackaged, expected) => {
  expect(launchPath(argv, isPackaged, folder)).toBe(expected);
});
