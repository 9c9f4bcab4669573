import { expect, it } from 'vitest';
import { registryUnsupported, runtimePath } from '../../runtime/electron/registry.ts';
import { definesOf } from '../../runtime/electron/sqlite-addon.ts';

it.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/libEGL.so', 'libEGL.so'],
  ['Cypress/locales/zh-CN.pak', 'locales/zh-CN.pak'],
  ['Cypress/resources/app/index.js', undefined],
  ['Cypress/resources/app-update.yml', undefined],
  ['Cypress/browser_v8_context_snapshot.bin', undefined],
  ['Cypress/locales/', undefined],
  ['Cypress/../../etc/passwd', undefined],
  ['elsewhere/file', undefined],
])('of the archive %s becomes %s', (entry, path) => {
  expect(runtimePath(entry)).toBe(path);
});

it('says why another system cannot use it', () => {
  expect(registryUnsupported('linux', 'x64')).toBeUndefined();
  expect(registryUnsupported('darwin', 'arm64')).toContain('darwin arm64');
});

it('reads the compiler’s defines from the package’s own list', () => {
  expect(definesOf("'defines': ['HAVE_USLEEP=1', 'SQLITE_ENABLE_FTS5', 'SQLITE_DEFAULT_CACHE_SIZE=-16000']")).toEqual([
    '-DHAVE_USLEEP=1',
    '-DSQLITE_ENABLE_FTS5',
    '-DSQLITE_DEFAULT_CACHE_SIZE=-16000',
  ]);
});
