import { app, type BrowserWindow } from 'electron';
import { askUnsaved, tellSavedInTrash, type UnsavedAnswer } from '../dialogs/dialogs.ts';
import type { HostTexts } from '../texts/index.ts';
import type { SaveOutcome } from './save-draft.ts';

export interface UnsavedGuard {
  setDirty(dirty: boolean): void;
}

export interface UnsavedGuardOptions {
  texts: () => HostTexts;
  /** Saves the work in the window; `not-saved` where that needs the user, who then sees why in the page. */
  save: () => Promise<SaveOutcome>;
  ask?: (window: BrowserWindow, texts: HostTexts) => Promise<UnsavedAnswer>;
  /** Says before the window goes that the case it was saved into lies in the trash. */
  tellInTrash?: (window: BrowserWindow, texts: HostTexts) => Promise<void>;
}

/** Asks before a window with unsaved work closes. The answer *save* closes it once the work is saved. */
export const guardUnsaved = (
  window: BrowserWindow,
  { texts, save, ask = askUnsaved, tellInTrash = tellSavedInTrash }: UnsavedGuardOptions,
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

  /** True once the window may go. */
  const settled = async (): Promise<boolean> => {
    const answer = await ask(window, texts());
    if (answer !== 'save') return answer === 'discard';
    const outcome = await save();
    if (outcome === 'in-trash') await tellInTrash(window, texts());
    return outcome !== 'not-saved';
  };

  const askAndClose = async () => {
    asking = true;
    try {
      if (await settled()) close();
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
