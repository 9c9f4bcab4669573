import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { managedFileOf, readManaged } from '../../../../src/main/settings/managed-file.ts';
import { SettingsStore } from '../../../../src/main/settings/settings-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const managedOf = (content: unknown) => {
  const file = join(temporaryFolder(), 'managed.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return () => readManaged(file);
};

describe('the file of the administrator', () => {
  test('is where only administrators write, or where it is said to be', () => {
    expect(managedFileOf({}, 'linux')).toBe('/etc/haicast/managed.json');
    expect(managedFileOf({}, 'darwin')).toBe('/Library/Application Support/haicast/managed.json');
    expect(managedFileOf({ ProgramData: 'D:/Data' }, 'win32')).toBe(join('D:/Data', 'haicast', 'managed.json'));
    expect(managedFileOf({ HAICAST_MANAGED: '/x.json' }, 'linux')).toBe('/x.json');
  });

  test('manages nothing where it is not there', () => {
    expect(readManaged(join(temporaryFolder(), 'managed.json'))).toStrictEqual({ schema: 1 });
  });

  test.each([
    ['not JSON', '{'],
    ['of another schema', { schema: 2 }],
    ['with a member that is misspelt', { schema: 1, setting: {} }],
    ['with a setting that there is not', { schema: 1, settings: { lockAfter: 5 } }],
    ['with a value that cannot be', { schema: 1, settings: { lockAfterMinutes: -1 } }],
    ['with a hash that is none', { schema: 1, models: ['latest'] }],
  ])('%s is refused and not taken for none', (_what, content) => {
    expect(managedOf(content)).toThrow(expect.objectContaining({ code: 'managed-damaged' }));
  });
});

test('settings that are managed hold over what was chosen, and are refused to whoever changes them', () => {
  const file = join(temporaryFolder(), 'settings.json');
  const options = { file, locale: 'en', userName: 'a' };
  new SettingsStore(options).set({ lockAfterMinutes: 60, theme: 'light' });
  const { settings: managed } = managedOf({ schema: 1, settings: { lockAfterMinutes: 5 } })();
  const store = new SettingsStore({ ...options, managed });
  expect(store.managed).toStrictEqual(['lockAfterMinutes']);
  expect(store.get()).toMatchObject({ lockAfterMinutes: 5, theme: 'light' });
  expect(() => store.set({ theme: 'dark', lockAfterMinutes: 0 })).toThrow(
    expect.objectContaining({ code: 'setting-managed' }),
  );
  expect(store.get()).toMatchObject({ lockAfterMinutes: 5, theme: 'light' });
  expect(store.set({ theme: 'dark' })).toMatchObject({ theme: 'dark' });
  // Once it is no longer managed, what was chosen before holds again.
  expect(new SettingsStore(options).get().lockAfterMinutes).toBe(60);
});
