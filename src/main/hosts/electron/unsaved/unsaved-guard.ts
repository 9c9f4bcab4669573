import { app, type BrowserWindow } from 'electron';
import { askUnsaved, type UnsavedAnswer } from '../dialogs/dialogs.ts';
import type { HostTexts } from '../texts/index.ts';

export interface UnsavedGuard {
  setDirty(dirty: boolean): void;
}

export interface UnsavedGuardOptions {
  texts: () => HostTexts;
  /** Saves the work in the window; false where that needs the user, who then sees why in the page. */
  save: () => Promise<boolean>;
  ask?: (window: BrowserWindow, texts: HostTexts) => Promise<UnsavedAnswer>;
}

/** Asks before a window with unsaved work closes. The answer *save* closes it once the work is saved. */
export const guardUnsaved = (
  window: BrowserWindow,
  { texts, save, ask = askUnsaved }: UnsavedGuardOptions,
): UnsavedGuard => {
  let dirty = false;
  let asking = false;
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });

  const close = () => {
    dirty = false;
    if (quitting) app.quit();
    else window.close();
  };

  const askAndClose = async () => {
    asking = true;
    try {
      const answer = await ask(window, texts());
      if (answer === 'discard' || (answer === 'save' && (await save()))) close();
      else quitting = false;
    } finally {
      asking = false;
    }
  };

  window.on('close', (event) => {
    if (!dirty) return;
    event.preventDefault();
    if (!asking) void askAndClose();
  });

  return {
    setDirty: (next) => {
      dirty = next;
      window.setDocumentEdited(next);
    },
  };
};
