/** Composes the Electron host: policy before `ready`, then the application, then its window. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { toErrorShape } from '#shared/errors.ts';
import { logCrashes, openLog } from '../../../log/log.ts';
import { dataFolderProblem, settleFolders } from '../folders/folders.ts';
import { logLine } from '../log.ts';
import { registerScheme } from '../page/protocol.ts';
import { hardenProcess } from '../security/security.ts';
import { hostTexts } from '../texts/index.ts';
import { launchPath } from './launch-path.ts';
import { claimInstance } from './single-instance.ts';
import { tellDataFolderProblem, tellStartFailed } from './start-problems.ts';
import { openWorkstation, type Workstation } from './workstation.ts';

/** @param mainFolder the folder of the built main process */
export const startElectronHost = (mainFolder: string): void => {
  registerScheme();
  // No crash reporter: a dump is the memory of a process with a patient in it.
  hardenProcess(app);
  app.setAppUserModelId('io.github.haicast');
  const folders = settleFolders(app, process.env, mainFolder);
  const texts = () => hostTexts(/^zh(?![a-z])/i.test(app.getLocale()) ? 'zh-CN' : 'en');

  const problem = dataFolderProblem(folders.data);
  if (problem) {
    logLine('data-folder', problem);
    // Chromium needs somewhere to be while the question is shown.
    app.setPath('userData', join(tmpdir(), `haicast-${process.pid}`));
    app.setPath('sessionData', join(tmpdir(), `haicast-${process.pid}`));
    void app.whenReady().then(() => tellDataFolderProblem(folders.data, problem, texts()));
    return;
  }

  const log = openLog(folders.data);
  logCrashes(log);
  let workstation: Workstation | undefined;
  let waiting = launchPath(process.argv, app.isPackaged, process.cwd());
  const open = (path: string | undefined) => {
    if (workstation) workstation.comeForward(path);
    else waiting = path ?? waiting;
  };

  if (!claimInstance(app, open)) {
    app.exit(0);
    return;
  }
  // macOS: a study dropped on the icon, or a DICOMDIR opened from the Finder; may come before `ready`.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('window-all-closed', () => app.quit());

  void app.whenReady().then(async () => {
    try {
      workstation = await openWorkstation(folders);
      if (waiting !== undefined) workstation.comeForward(waiting);
    } catch (error) {
      const { message, code } = toErrorShape(error);
      logLine('start', code);
      log.failed('start', error);
      await tellStartFailed(message, folders.data, texts());
    }
  });
};
