import { app, dialog } from 'electron';
import { fill, type HostTexts } from '../texts/index.ts';

/** Tells that the data folder cannot be written; starts again on another one where the user chooses one. */
export const tellDataFolderProblem = async (folder: string, code: string, { dataFolder }: HostTexts): Promise<void> => {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: dataFolder.message,
    detail: fill(dataFolder.detail, { folder, code }),
    buttons: [dataFolder.choose, dataFolder.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) {
    const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] });
    const chosen = filePaths[0];
    if (!canceled && chosen !== undefined) {
      // The new process inherits this environment.
      process.env.HAICAST_DATA = chosen;
      app.relaunch();
      app.exit(0);
      return;
    }
  }
  app.exit(1);
};

export const tellStartFailed = async (reason: string, folder: string, { startFailed }: HostTexts): Promise<void> => {
  await dialog.showMessageBox({
    type: 'error',
    message: startFailed.message,
    detail: fill(startFailed.detail, { reason, folder }),
    buttons: [startFailed.quit],
    noLink: true,
  });
  app.exit(1);
};
