/** What the page itself makes to be kept as a file, as a table or the picture of a chart. */
import { chmod } from 'node:fs/promises';
import { BrowserWindow, dialog, type Session, type WebContents } from 'electron';
import { fill, type HostTexts } from '../texts/index.ts';
import { isOwnFile } from './origin.ts';

const tellNotSaved = async (contents: WebContents, name: string, { notSaved }: HostTexts): Promise<void> => {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return;
  await dialog.showMessageBox(window, {
    type: 'error',
    message: fill(notSaved.message, { name }),
    detail: notSaved.detail,
    buttons: [notSaved.ok],
    noLink: true,
  });
};

/** A table of courses is about patients: its owner's alone, where the place keeps rights at all. */
const keepToOwner = async (path: string): Promise<void> => {
  if (process.platform !== 'win32') await chmod(path, 0o600).catch(() => undefined);
};

/** Saves it where the system's dialog says, and tells what could not be written; any other download is refused. */
export const saveOwnFiles = (session: Session, texts: () => HostTexts): void => {
  session.on('will-download', (event, item, contents) => {
    if (!isOwnFile(item.getURL())) {
      event.preventDefault();
      return;
    }
    // The system's dialog asks where; its title would be the address.
    const name = item.getFilename();
    item.setSaveDialogOptions({ title: name, properties: ['showOverwriteConfirmation', 'dontAddToRecent'] });
    item.once('done', (_done, state) => {
      if (state === 'completed') void keepToOwner(item.getSavePath());
      if (state === 'interrupted') void tellNotSaved(contents, name, texts());
    });
  });
};
