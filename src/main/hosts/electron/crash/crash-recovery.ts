import { app, type BrowserWindow, dialog } from 'electron';
import type { Log } from '../../../log/log.ts';
import type { HostTexts } from '../texts/index.ts';
import { afterCrash } from './crash-policy.ts';

export interface RecoveryOptions {
  texts: () => HostTexts;
  log: Pick<Log, 'note'>;
  /** The page is gone and will come again. */
  onGone: () => void;
}

/** Brings a crashed or hung page back. The page itself asks the application for the unsaved work it had. */
export const recoverPage = (window: BrowserWindow, { texts, log, onGone }: RecoveryOptions): void => {
  let recent: number[] = [];
  let asking = false;

  const reload = () => {
    onGone();
    if (!window.isDestroyed()) window.webContents.reload();
  };

  window.webContents.on('render-process-gone', async (_event, { reason, exitCode }) => {
    log.note('page-gone', { reason, exitCode });
    const decision = afterCrash(reason, recent, Date.now());
    recent = decision.recent;
    if (decision.action === 'reload') reload();
    if (decision.action !== 'ask') return;
    const { crashed } = texts();
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: crashed.message,
      detail: crashed.detail,
      buttons: [crashed.retry, crashed.quit],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    recent = [];
    if (response === 0) reload();
    else app.exit(1);
  });

  window.on('unresponsive', async () => {
    if (asking) return;
    asking = true;
    log.note('page-hangs');
    const { hung } = texts();
    const closed = new AbortController();
    // Answers again by itself: the question goes away.
    window.once('responsive', () => closed.abort());
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: hung.message,
      detail: hung.detail,
      buttons: [hung.wait, hung.reload],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: closed.signal,
    });
    asking = false;
    if (response !== 1) return;
    // A hung page does not hear a reload; its process ends, and `render-process-gone` brings it back.
    onGone();
    window.webContents.forcefullyCrashRenderer();
  });
};
