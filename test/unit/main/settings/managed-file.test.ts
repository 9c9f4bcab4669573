import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shownAddress } from '#shared/pacs/node.ts';
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

  test.skipIf(process.platform === 'win32').each([
    ['that leads to a share which is not mounted', '/mnt/not mounted/managed.json'],
    ['that leads to itself', 'managed.json'],
  ])('a link %s is refused and not taken for none (left out: Windows asks who makes links)', (_what, target) => {
    const folder = temporaryFolder();
    const file = join(folder, 'managed.json');
    symlinkSync(target, file);
    expect(() => readManaged(file)).toThrow(expect.objectContaining({ code: 'managed-damaged' }));
  });

  test.each([
    ['not JSON', '{'],
    ['of another schema', { schema: 2 }],
    ['with a member that is misspelt', { schema: 1, setting: {} }],
    ['with a setting that there is not', { schema: 1, settings: { lockAfter: 5 } }],
    ['with a value that cannot be', { schema: 1, settings: { lockAfterMinutes: -1 } }],
    ['with a hash that is none', { schema: 1, models: ['latest'] }],
    ['with an archive of a kind that there is not', { schema: 1, pacs: [{ name: 'a', kind: 'ftp', url: 'ftp://x' }] }],
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

const WEB = { name: 'Radiology', kind: 'dicomweb', url: 'https://pacs.example/dicom-web' } as const;
const NETWORK = {
  name: 'Old archive',
  kind: 'dimse',
  host: 'pacs.example',
  port: 104,
  calledAETitle: 'ARCHIVE',
  callingAETitle: 'HAICAST',
} as const;

test('image archives are kept as they are named, with their secrets by reference alone', () => {
  const basic = { user: { environment: 'PACS_USER' }, password: { file: '/etc/haicast/pacs' } };
  const pacs = [{ ...WEB, basic }, NETWORK];
  const kept = managedOf({ schema: 1, pacs })().pacs ?? [];
  expect(kept).toStrictEqual(pacs);
  expect(kept.map(shownAddress)).toStrictEqual(['https://pacs.example/dicom-web', 'ARCHIVE@pacs.example:104']);
});

test.each([
  ['a password in its place', [{ ...WEB, basic: { user: 'ada', password: 'planted-secret' } }], /pacs\.0\.basic/],
  [
    'a password in the address',
    [{ ...WEB, url: 'https://ada:planted-secret@pacs.example' }],
    /pacs\.0\.url is no http/,
  ],
  ['a token in the address', [{ ...WEB, url: 'https://pacs.example/?t=planted-secret' }], /pacs\.0\.url is no http/],
  ['a token on an open line', [{ ...WEB, url: 'http://pacs.example', token: { file: '/t' } }], /pacs\.0 .*use https/],
  ['an AE title that is too long', [{ ...NETWORK, calledAETitle: 'A'.repeat(17) }], /pacs\.0\.calledAETitle is no AE/],
  ['no AE title of its own', [{ ...NETWORK, callingAETitle: undefined }], /pacs\.0\.callingAETitle/],
  ['a port that there is not', [{ ...NETWORK, port: 0 }], /pacs\.0\.port/],
  ['a host that is an address of something else', [{ ...NETWORK, host: 'http://pacs' }], /pacs\.0\.host is no host/],
  ['two of one name', [WEB, { ...NETWORK, name: WEB.name }], /pacs two have one name/],
])('an archive with %s is refused, by its place and without its value', (_what, pacs, detail) => {
  try {
    managedOf({ schema: 1, pacs })();
  } catch (error) {
    expect(error).toMatchObject({ code: 'managed-damaged', detail: expect.stringMatching(detail) });
    expect(JSON.stringify(error) + String(error)).not.toContain('planted-secret');
  }
  expect.assertions(2);
});
