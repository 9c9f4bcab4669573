/** The running workstation: the application, its window and its menus, wired together. */

import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app, session } from 'electron';
import { type ProcedureOutput, procedures, type Settings } from '#shared/api.ts';
import { createApplication } from '../../../application.ts';
import { clearPassingFolders } from '../../../files/private-folder.ts';
import { parseProviders } from '../../../inference/providers.ts';
import { managedFileOf } from '../../../settings/managed-file.ts';
import { recoverPage } from '../crash/crash-recovery.ts';
import { showAbout } from '../dialogs/about.ts';
import { pickExport, pickExportFolder, pickModel, pickStudy } from '../dialogs/dialogs.ts';
import { LICENCES_PATH, licencesText, showLicences } from '../dialogs/licences.ts';
import { ExportFolders } from '../folders/export-folders.ts';
import type { Folders } from '../folders/folders.ts';
import { isCovered } from '../menu/covered.ts';
import { showMenu } from '../menu/menu.ts';
import { RecentStudies } from '../menu/recent-studies.ts';
import type { HostHandlers } from '../messages/host-procedures.ts';
import { listenToPage } from '../messages/ipc.ts';
import { PageEvents } from '../messages/page-events.ts';
import { safeStorageKeychain } from '../native/keychain.ts';
import { utilityWorkers } from '../native/workers.ts';
import { saveOwnFiles } from '../page/own-files.ts';
import { servePage } from '../page/protocol.ts';
import { printPage, savePdf, saveReport } from '../print/print.ts';
import { confineSession } from '../security/security.ts';
import { hostTexts } from '../texts/index.ts';
import { saveDraft } from '../unsaved/save-draft.ts';
import { guardUnsaved } from '../unsaved/unsaved-guard.ts';
import { createWindow } from '../window/window.ts';

export interface Workstation {
  /** Brings the window to the front, and opens a study in it where one is named. */
  comeForward(path?: string): void;
}

const systemUserName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // No entry for this user id, as in some containers.
    return '';
  }
};

const composeApplication = (folders: Folders, exportFolders: ExportFolders) =>
  createApplication({
    host: 'electron',
    version: app.getVersion(),
    platform: `${process.platform} ${process.arch}`,
    versions: {
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      node: process.versions.node,
      v8: process.versions.v8,
    },
    dataFolder: folders.data,
    resourcesFolder: folders.resources,
    spawnWorker: utilityWorkers(folders.main),
    resolveDestination: (id) => exportFolders.take(id),
    keychain: safeStorageKeychain(),
    locale: app.getLocale(),
    userName: systemUserName(),
    passphrase: process.env.HAICAST_PASSPHRASE || undefined,
    backupFolder: process.env.HAICAST_BACKUPS || undefined,
    managedFile: managedFileOf(process.env, process.platform),
    providers: parseProviders(process.env.HAICAST_PROVIDERS),
  });

export const openWorkstation = async (folders: Folders): Promise<Workstation> => {
  clearPassingFolders(folders.data);
  const exportFolders = new ExportFolders();
  const application = await composeApplication(folders, exportFolders);
  app.on('will-quit', (event) => {
    // Quitting waits for what is taken back of a copy, and for the records; then nothing holds it any more.
    event.preventDefault();
    void application.close().finally(() => app.exit());
  });
  const settings = async () => (await application.call('settings.get', {})) as Settings;
  let current = await settings();
  const asksCover = async () =>
    isCovered(
      (await application.call('identity.status', {})) as ProcedureOutput<'identity.status'>,
      (await application.call('records.status', {})) as ProcedureOutput<'records.status'>,
    );
  let covered = await asksCover();
  const texts = () => hostTexts(current.language);

  confineSession(session.defaultSession, app.isPackaged);
  saveOwnFiles(session.defaultSession, texts);
  servePage(session.defaultSession, {
    folder: folders.renderer,
    bytes: application.bytes,
    texts: { [LICENCES_PATH]: () => licencesText(folders.resources) },
  });

  const window = createWindow({
    preload: folders.preload,
    isPackaged: app.isPackaged,
    placeFile: join(folders.data, 'window.json'),
    ...(process.platform === 'linux' ? { icon: join(folders.resources, 'icon.png') } : {}),
  });
  const page = new PageEvents(() => (window.isDestroyed() ? undefined : window.webContents));
  application.onEvent((name, payload) => page.tell(name, payload));
  // A change of the hash stays in the same document, whose listeners live on.
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) page.pageGone();
  });
  recoverPage(window, { texts, log: application.log, onGone: () => page.pageGone() });

  const unsaved = guardUnsaved(window, {
    texts,
    save: async () => {
      const saved = await saveDraft(application);
      // The page asks for the missing key, or says why the case cannot be saved.
      if (saved === 'not-saved') page.ask('host.command', { command: 'case.save' });
      return saved;
    },
  });

  const recent = new RecentStudies(join(folders.data, 'recent.bin'), safeStorageKeychain());
  const about = async () => {
    const info = (await application.call('app.info', {})) as ProcedureOutput<'app.info'>;
    const { models } = (await application.call('models.list', {})) as ProcedureOutput<'models.list'>;
    if ((await showAbout(window, { info, models }, texts())) === 'licences') showLicences(window);
  };
  const refreshMenu = () =>
    showMenu(
      {
        platform: process.platform,
        texts: texts(),
        isPackaged: app.isPackaged,
        recent: recent.list(),
        // A folder is often named after its patient.
        hideIdentity: current.hideIdentity || covered,
        language: current.language,
      },
      {
        command: (command) => page.ask('host.command', { command }),
        open: (path) => page.ask('host.open', { path }),
        clearRecent: () => {
          recent.clear();
          refreshMenu();
        },
        print: () => void printPage(window).catch(() => undefined),
        about: () => void about(),
        licences: () => void showLicences(window),
      },
    );
  refreshMenu();
  application.onEvent(async (name) => {
    if (name !== 'identity.changed' && name !== 'records.changed') return;
    const before = covered;
    // Who it is cannot be told: nobody.
    covered = await asksCover().catch(() => true);
    if (covered !== before) refreshMenu();
  });

  const host: HostHandlers = {
    'host.ready': () => page.pageReady(),
    'host.pickStudy': ({ kind }) => pickStudy(window, kind, texts()),
    'host.pickModel': ({ kind }) => pickModel(window, kind, texts()),
    'host.pickExport': () => pickExport(window, texts()),
    'host.pickExportFolder': async () => {
      const folder = await pickExportFolder(window, texts());
      return folder === undefined ? undefined : { destination: exportFolders.grant(folder), folder };
    },
    'host.printReport': () => printPage(window),
    'host.savePdf': ({ suggestedName }) => savePdf(window, suggestedName, texts()),
    'host.saveReport': (report) => saveReport(window, report, texts()),
    'host.setDirty': ({ dirty }) => unsaved.setDirty(dirty),
    // -1 takes the progress away.
    'host.setProgress': ({ fraction }) => window.setProgressBar(fraction ?? -1),
    'host.setFullScreen': ({ on }) => window.setFullScreen(on),
  };
  listenToPage({
    application,
    host,
    onHostFailed: (name, error) => application.log.failed(name, error),
    windowContentsId: () => (window.isDestroyed() ? undefined : window.webContents.id),
    onCalled: (name, input) => {
      if (name === 'settings.set') {
        void settings().then((next) => {
          current = next;
          refreshMenu();
        });
      }
      if (name === 'study.open') {
        recent.add(procedures['study.open'].input.parse(input).path);
        refreshMenu();
      }
    },
  });

  return {
    comeForward: (path) => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (path !== undefined) page.ask('host.open', { path });
    },
  };
};
