import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { type MenuFacts, menuTemplate } from '../../../../../../src/main/hosts/electron/menu/menu-template.ts';
import { hostTexts } from '../../../../../../src/main/hosts/electron/texts/index.ts';

const build = (facts: Partial<MenuFacts> = {}, actions = {}) =>
  menuTemplate(
    {
      platform: 'linux',
      texts: hostTexts('en'),
      isPackaged: true,
      recent: [],
      hideIdentity: false,
      language: 'en',
      ...facts,
    },
    {
      command: () => {},
      open: () => {},
      clearRecent: () => {},
      print: () => {},
      about: () => {},
      licences: () => {},
      ...actions,
    },
  );

const flat = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

const find = (items: MenuItemConstructorOptions[], id: string) => {
  const item = flat(items).find((entry) => entry.id === id);
  if (!item) throw new Error(`no menu item ${id}`);
  return item;
};

describe('menuTemplate', () => {
  it('has an application menu on macOS only, with settings and quit in it', () => {
    expect(build({ platform: 'darwin' })[0]?.label).toBe('haicast');
    expect(build({ platform: 'win32' }).map((menu) => menu.label)).toEqual(['File', 'Edit', 'View', 'Case', 'Help']);
  });

  it('shows single letters without taking them from a text field, and leaves them out on macOS', () => {
    expect(find(build(), 'case.predict')).toMatchObject({ accelerator: 'P', registerAccelerator: false });
    expect(find(build({ platform: 'darwin' }), 'case.predict').accelerator).toBeUndefined();
  });

  it.each(['linux', 'win32', 'darwin'] as const)('gives no accelerator to two items on %s', (platform) => {
    const accelerators = flat(build({ platform })).flatMap((item) =>
      item.accelerator ? [String(item.accelerator)] : [],
    );
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  it('offers developer tools only unpacked', () => {
    const roles = (isPackaged: boolean) => flat(build({ isPackaged })).map((item) => item.role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });

  it('names recent studies by their folder, and by date while identity is hidden', () => {
    const recent = [{ path: '/data/DOE & SONS', openedAt: '2026-11-24T08:00:00.000Z' }];
    expect(flat(build({ recent })).map((item) => item.label)).toContain('DOE && SONS');
    const hidden = JSON.stringify(build({ recent, hideIdentity: true }));
    expect(hidden).not.toContain('DOE');
    expect(hidden).toContain('Study opened');
  });

  it('says everything in both languages', () => {
    const labels = (language: 'en' | 'zh-CN') =>
      flat(build({ texts: hostTexts(language), language }))
        .filter((item) => item.type !== 'separator')
        .map((item) => item.label);
    const english = labels('en');
    expect(english).not.toContain(undefined);
    labels('zh-CN').forEach((label, index) => {
      if (label !== 'DICOMDIR') expect(label === english[index] && label !== undefined, String(label)).toBe(false);
    });
  });

  it('sends the ids that the page knows', () => {
    const sent: string[] = [];
    const menu = build({}, { command: (id: string) => sent.push(id) });
    const { click } = find(menu, 'file.openFolder');
    if (!click) throw new Error('no click');
    Reflect.apply(click, undefined, []);
    expect(sent).toEqual(['file.openFolder']);
  });
});
