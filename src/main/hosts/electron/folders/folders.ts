import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from 'electron';
import { settleDataFolder } from '../../data-folder.ts';

export interface Folders {
  /** Everything the application keeps. */
  data: string;
  /** What the application brings: models, demonstration study, licences. */
  resources: string;
  /** The built main process, its workers beside it. */
  main: string;
  preload: string;
  renderer: string;
}

/** Chromium's own files go to a folder of their own, so that the data folder holds only what is documented. */
export const settleFolders = (app: App, env: NodeJS.ProcessEnv, mainFolder: string): Folders => {
  const data = resolve(settleDataFolder(env, process.platform, app.getPath('home')));
  app.setPath('userData', data);
  app.setPath('sessionData', join(data, 'chromium'));
  return {
    data,
    resources: app.isPackaged ? join(process.resourcesPath, 'resources') : join(mainFolder, '../../resources'),
    main: mainFolder,
    preload: join(mainFolder, '../preload/index.cjs'),
    renderer: join(mainFolder, '../renderer'),
  };
};

/** Why the data folder cannot be used; undefined where it can. Makes it where it is missing. */
export const dataFolderProblem = (folder: string): string | undefined => {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK);
    writeFileSync(probe, 'haicast');
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  } finally {
    try {
      rmSync(probe, { force: true });
    } catch {
      // The folder that cannot be written holds no probe.
    }
  }
};
