import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedRegimens } from '#shared/course/regimens.ts';
import { automaticImageMemoryMb } from '#shared/image-memory.ts';
import { SettingsStore } from '../../../../src/main/settings/settings-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const storeIn = (folder: string, locale = 'en-GB') =>
  new SettingsStore({ file: join(folder, 'data', 'settings.json'), locale, userName: 'alice' });

describe('settings', () => {
  test.each([
    ['zh-CN', 'zh-CN'],
    ['zh_TW.UTF-8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['de-DE', 'en'],
    ['', 'en'],
    ['zha-CN', 'en'],
  ])('of a computer that speaks %s start in %s', (locale, language) => {
    const store = storeIn(temporaryFolder(), locale);
    expect(store.get()).toStrictEqual({
      language,
      theme: 'dark',
      userName: 'alice',
      hideIdentity: false,
      defaultModelId: '',
      provider: 'automatic',
      regimens: publishedRegimens,
      lockAfterMinutes: 0,
      emptyTrashAfterDays: 0,
      fetchedStudies: 'closed',
      imageMemoryMb: automaticImageMemoryMb(totalmem()),
      textSize: 100,
    });
    expect(store.problem).toBeUndefined();
  });

  test('that were chosen hold the next time, the others follow the defaults', () => {
    const folder = temporaryFolder();
    storeIn(folder).set({ theme: 'light' });
    storeIn(folder).set({ hideIdentity: true, provider: 'automatic' });
    const next = storeIn(folder, 'zh-CN');
    expect(next.get()).toStrictEqual({
      language: 'zh-CN',
      theme: 'light',
      userName: 'alice',
      hideIdentity: true,
      defaultModelId: '',
      provider: 'automatic',
      regimens: publishedRegimens,
      lockAfterMinutes: 0,
      emptyTrashAfterDays: 0,
      fetchedStudies: 'closed',
      imageMemoryMb: automaticImageMemoryMb(totalmem()),
      textSize: 100,
    });
    expect(readdirSync(join(folder, 'data'))).toStrictEqual(['settings.json']);
  });

  test.each([
    ['cut off', '{"theme": "li'],
    ['empty', ''],
    ['of another shape', '{"theme": "purple"}'],
    ['a list', '[1]'],
  ])('in a file that is %s are set aside and reported, and can be saved again', (_what, text) => {
    const folder = temporaryFolder();
    storeIn(folder).set({ theme: 'light' });
    writeFileSync(join(folder, 'data', 'settings.json'), text);
    const store = storeIn(folder);
    expect(store.problem?.code).toBe('settings-damaged');
    expect(store.get().theme).toBe('dark');
    const [aside] = readdirSync(join(folder, 'data'));
    expect(aside).toMatch(/^settings\.json\.damaged-\d+$/);
    expect(readFileSync(join(folder, 'data', aside ?? ''), 'utf8')).toBe(text);
    store.set({ theme: 'light' });
    expect(storeIn(folder).problem).toBeUndefined();
  });

  test('of a wrong kind are refused', () => {
    expect(() => storeIn(temporaryFolder()).set({ userName: 'x'.repeat(101) })).toThrow();
  });

  test('that cannot be written say so and hold until the end', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    const store = storeIn(folder);
    expect(() => store.set({ theme: 'light' })).toThrow(expect.objectContaining({ code: 'settings-not-saved' }));
    expect(store.get().theme).toBe('light');
  });
});
