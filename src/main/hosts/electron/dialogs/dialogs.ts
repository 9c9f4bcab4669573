import { basename, extname } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { ReportFormat } from '../../../reports/embedded-report.ts';
import type { HostTexts } from '../texts/index.ts';

type Kind = 'folder' | 'zip' | 'dicomdir';

const openOptions = (kind: Kind, { pick }: HostTexts): OpenDialogOptions => {
  // `dontAddToRecent`: a folder is often named after its patient, and Windows would list it in the task bar.
  const common = { title: pick[kind], buttonLabel: pick.open };
  if (kind === 'folder') return { ...common, properties: ['openDirectory', 'dontAddToRecent'] };
  const filters =
    kind === 'zip'
      ? [{ name: pick.zipFiles, extensions: ['zip'] }]
      : // A DICOMDIR has no extension (PS3.10 8.6), so any file can be chosen and the scan tells what it is.
        [{ name: pick.dicomdirFiles, extensions: ['*'] }];
  return { ...common, filters, properties: ['openFile', 'dontAddToRecent'] };
};

export const pickStudy = async (window: BrowserWindow, kind: Kind, texts: HostTexts): Promise<string | undefined> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, openOptions(kind, texts));
  return canceled ? undefined : filePaths[0];
};

/** A model package: nobody's data, so the system may remember where it was. */
export const pickModel = async (
  window: BrowserWindow,
  kind: 'folder' | 'zip',
  { pick }: HostTexts,
): Promise<string | undefined> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: kind === 'zip' ? pick.modelZip : pick.modelFolder,
    buttonLabel: pick.install,
    ...(kind === 'zip'
      ? { filters: [{ name: pick.zipFiles, extensions: ['zip'] }], properties: ['openFile'] }
      : { properties: ['openDirectory'] }),
  });
  return canceled ? undefined : filePaths[0];
};

/** Everything of a case history, as it was exported: the system does not remember where it was. */
export const pickExport = async (window: BrowserWindow, { pick }: HostTexts): Promise<string | undefined> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: pick.export,
    buttonLabel: pick.choose,
    filters: [{ name: pick.exportFiles, extensions: ['zip', 'enc'] }],
    properties: ['openFile', 'dontAddToRecent'],
  });
  return canceled ? undefined : filePaths[0];
};

/** An empty folder for a copy; the system's dialog can make one. */
export const pickExportFolder = async (window: BrowserWindow, { copy }: HostTexts): Promise<string | undefined> => {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: copy.title,
    buttonLabel: copy.choose,
    properties: ['openDirectory', 'createDirectory', 'promptToCreate', 'dontAddToRecent'],
  });
  return canceled ? undefined : filePaths[0];
};

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';

export const askUnsaved = async (window: BrowserWindow, { unsaved }: HostTexts): Promise<UnsavedAnswer> => {
  const answers: UnsavedAnswer[] = ['save', 'discard', 'cancel'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: unsaved.message,
    detail: unsaved.detail,
    buttons: [unsaved.save, unsaved.discard, unsaved.cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response] ?? 'cancel';
};

export const tellSavedInTrash = async (window: BrowserWindow, { unsaved }: HostTexts): Promise<void> => {
  await dialog.showMessageBox(window, {
    type: 'info',
    message: unsaved.inTrash,
    detail: unsaved.inTrashDetail,
    buttons: [unsaved.ok],
    noLink: true,
  });
};

/** A name that is only a name: no folder, no drive, and it ends in `.pdf`. */
export const safePdfName = (suggested: string): string => {
  const name = basename(suggested.replaceAll('\\', '/'))
    .replace(/[\p{Cc}<>:"|?*]/gu, '')
    .replace(/^\.+/, '');
  const stem = name.replace(/\.pdf$/i, '').slice(0, 100);
  return `${stem || 'report'}.pdf`;
};

const askPath = async (
  window: BrowserWindow,
  { title, files, name }: { title: string; files: string; name: string },
): Promise<string | undefined> => {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: name,
    filters: [{ name: files, extensions: [extname(name).slice(1)] }],
    properties: ['showOverwriteConfirmation', 'dontAddToRecent'],
  });
  return canceled || !filePath ? undefined : filePath;
};

export const askPdfPath = (
  window: BrowserWindow,
  suggestedName: string,
  { pdf }: HostTexts,
): Promise<string | undefined> => askPath(window, { ...pdf, name: safePdfName(suggestedName) });

/** The suggested name says nothing of a patient. */
export const askReportPath = (
  window: BrowserWindow,
  format: ReportFormat,
  texts: HostTexts,
): Promise<string | undefined> => askPath(window, { ...texts[format], name: `haicast-report.${format}` });
