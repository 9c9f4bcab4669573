import type { App } from 'electron';
import { z } from 'zod';
import { launchPath } from './launch-path.ts';

/** Sent by a second launch; the first one trusts nothing else of it. */
const launchData = z.object({ path: z.string().min(1).max(4096).optional() });

/**
 * True for the first instance, which then hears of later ones. A later one hands over the study that it was started with
 * and must end. The lock belongs to the data folder: other data, other instance.
 */
export const claimInstance = (app: App, onLaunch: (path: string | undefined) => void): boolean => {
  const path = launchPath(process.argv, app.isPackaged, process.cwd());
  const first = app.requestSingleInstanceLock(path === undefined ? {} : { path });
  if (first) {
    app.on('second-instance', (_event, _argv, _workingFolder, data) => {
      const parsed = launchData.safeParse(data);
      onLaunch(parsed.success ? parsed.data.path : undefined);
    });
  }
  return first;
};
