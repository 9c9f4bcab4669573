import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { ORIGIN } from '../page/origin.ts';

export const LICENCES_PATH = '/licences.txt';

/** What packaging collected from every package; the application's own licence where nothing was packed. */
export const licencesText = async (resourcesFolder: string): Promise<string> => {
  for (const file of [join(resourcesFolder, 'licences.txt'), join(resourcesFolder, '../LICENSE')]) {
    try {
      return await readFile(file, 'utf8');
    } catch {
      // The next one.
    }
  }
  return 'haicast: Apache License, Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0)';
};

/** A plain window without a bridge: the licences are only read. */
export const showLicences = (parent: BrowserWindow): BrowserWindow => {
  const window = new BrowserWindow({
    parent,
    width: 760,
    height: 800,
    title: 'haicast',
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      devTools: false,
    },
  });
  window.removeMenu();
  void window.loadURL(`${ORIGIN}${LICENCES_PATH}`);
  return window;
};
