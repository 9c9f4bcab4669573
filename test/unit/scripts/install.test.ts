import { expect, test } from 'vitest';
import { missingPackages } from '../../../scripts/install.mjs';

const lock = {
  packages: {
    '': { name: 'haicast' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/for-another-system': { version: '1.0.0', optional: true },
  },
};

test.each([
  ['nothing is installed', undefined, ['node_modules/a', 'node_modules/b']],
  [
    'all is installed',
    { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } } },
    [],
  ],
  [
    'one has another version',
    { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } } },
    ['node_modules/b'],
  ],
])('where %s, what is missing is known', (_what, installed, expected) => {
  expect(missingPackages(lock, installed)).toStrictEqual(expected);
});
