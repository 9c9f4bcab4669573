/** The native menus as plain data, so that every platform's menus are tested on any. */
import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { fill, type HostTexts } from '../texts/index.ts';
import type { RecentStudy } from './recent-studies.ts';

export interface MenuFacts {
  platform: NodeJS.Platform;
  texts: HostTexts;
  isPackaged: boolean;
  recent: readonly RecentStudy[];
  /** Recent studies are then shown by date only. */
  hideIdentity: boolean;
  /** BCP 47, for dates. */
  language: string;
}

export interface MenuActions {
  /** Sends a command of the page, by the ids of its command list. */
  command: (id: string) => void;
  open: (path: string) => void;
  clearRecent: () => void;
  print: () => void;
  about: () => void;
  licences: () => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * A single letter is shown beside its item but not registered: typed into a field it must stay a letter. The page hears
 * it itself. macOS cannot show a shortcut without taking it, so there the letter is left out.
 */
const letter = (key: string, platform: NodeJS.Platform): MenuItemConstructorOptions =>
  platform === 'darwin' ? {} : { accelerator: key, registerAccelerator: false };

const recentItems = (facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] => {
  const { menu } = facts.texts;
  if (facts.recent.length === 0) return [{ label: menu.noRecent, enabled: false }];
  const when = new Intl.DateTimeFormat(facts.language, { dateStyle: 'medium', timeStyle: 'short' });
  const named = (study: RecentStudy) =>
    facts.hideIdentity
      ? fill(menu.recentHidden, { when: when.format(new Date(study.openedAt)) })
      : // A single ampersand would mark a mnemonic.
        basename(study.path).replaceAll('&', '&&');
  return [
    ...facts.recent.map((study) => ({ label: named(study), click: () => actions.open(study.path) })),
    separator,
    { label: menu.clearRecent, click: () => actions.clearRecent() },
  ];
};

const macApplicationMenu = ({ texts: { menu } }: MenuFacts, actions: MenuActions): MenuItemConstructorOptions => ({
  label: 'haicast',
  submenu: [
    { label: menu.about, click: () => actions.about() },
    separator,
    {
      id: 'app.settings',
      label: menu.settings,
      accelerator: 'Command+,',
      click: () => actions.command('app.settings'),
    },
    separator,
    { role: 'services' },
    separator,
    { role: 'hide', label: menu.hide },
    { role: 'hideOthers', label: menu.hideOthers },
    { role: 'unhide', label: menu.showAll },
    separator,
    { role: 'quit', label: menu.quit },
  ],
});

export const menuTemplate = (facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] => {
  const { platform, isPackaged } = facts;
  const { menu } = facts.texts;
  const isMac = platform === 'darwin';
  const command = (id: string, label: string, more: MenuItemConstructorOptions = {}): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => actions.command(id),
    ...more,
  });

  const file: MenuItemConstructorOptions[] = [
    command('file.openFolder', menu.openFolder, { accelerator: 'CmdOrCtrl+O' }),
    command('file.openZip', menu.openZip),
    command('file.openDicomdir', menu.openDicomdir),
    command('file.openDemo', menu.openDemo),
    { id: 'recent', label: menu.openRecent, submenu: recentItems(facts, actions) },
    separator,
    command('case.save', menu.save, { accelerator: 'CmdOrCtrl+S' }),
    command('case.deidentify', menu.deidentify),
    { id: 'file.print', label: menu.print, accelerator: 'CmdOrCtrl+P', click: () => actions.print() },
    separator,
    ...(isMac
      ? [{ role: 'close', label: menu.close } as const]
      : [
          command('app.settings', menu.settings, { accelerator: 'Ctrl+,' }),
          separator,
          // Windows closes programs by Alt+F4; elsewhere Ctrl+Q is the custom.
          { role: 'quit', label: menu.exit, ...(platform === 'linux' ? { accelerator: 'Ctrl+Q' } : {}) } as const,
        ]),
  ];

  const edit: MenuItemConstructorOptions[] = [
    command('edit.undo', menu.undo, { accelerator: 'CmdOrCtrl+Z', registerAccelerator: false }),
    command('edit.redo', menu.redo, { accelerator: 'CmdOrCtrl+Shift+Z', registerAccelerator: false }),
    separator,
    { role: 'cut', label: menu.cut },
    { role: 'copy', label: menu.copy },
    { role: 'paste', label: menu.paste },
    { role: 'selectAll', label: menu.selectAll },
  ];

  const view: MenuItemConstructorOptions[] = [
    command('view.cases', menu.cases),
    command('view.case', menu.currentCase),
    command('view.models', menu.models),
    separator,
    command('view.hideIdentity', menu.hideIdentity, letter('H', platform)),
    command('view.theme', menu.theme),
    separator,
    { role: 'resetZoom', label: menu.actualSize },
    { role: 'zoomIn', label: menu.zoomIn },
    { role: 'zoomOut', label: menu.zoomOut },
    separator,
    { role: 'togglefullscreen', label: menu.fullScreen, accelerator: isMac ? 'Control+Command+F' : 'F11' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools', label: menu.developerTools } as const]),
  ];

  const help: MenuItemConstructorOptions[] = [
    command('app.commands', menu.commands, { accelerator: 'CmdOrCtrl+K' }),
    command('help.keys', menu.keys, letter('?', platform)),
    separator,
    { id: 'help.licences', label: menu.licences, click: () => actions.licences() },
    ...(isMac ? [] : [{ id: 'help.about', label: menu.about, click: () => actions.about() }]),
  ];

  return [
    ...(isMac ? [macApplicationMenu(facts, actions)] : []),
    { label: menu.file, submenu: file },
    { label: menu.edit, submenu: edit },
    { label: menu.view, submenu: view },
    {
      label: menu.case,
      submenu: [
        command('case.predict', menu.predict, letter('P', platform)),
        command('case.report', menu.report, letter('R', platform)),
      ],
    },
    { label: menu.help, role: 'help', submenu: help },
  ];
};
