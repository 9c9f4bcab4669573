import type { BrowserWindow } from 'electron';
import { AppError } from '#shared/errors.ts';
import { writeAtomically } from '../../../files/write-atomically.ts';
import type { ReportFormat } from '../../../reports/embedded-report.ts';
import { askPdfPath, askReportPath } from '../dialogs/dialogs.ts';
import type { HostTexts } from '../texts/index.ts';

/** Opens the system's print dialog. A dismissed dialog is no error. */
export const printPage = (window: BrowserWindow): Promise<void> =>
  new Promise((resolve, reject) => {
    window.webContents.print({ pageSize: 'A4', printBackground: true }, (success, reason) => {
      if (success || /cancel/i.test(reason)) resolve();
      else {
        reject(
          new AppError('print-failed', 'The report could not be printed. Save it as PDF, or check the printer.', {
            detail: reason,
          }),
        );
      }
    });
  });

/** The page as its print style lays it out, on A4. */
export const pdfOfPage = (window: BrowserWindow): Promise<Buffer> =>
  window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });

/** Asks where, then writes for its owner alone: a page may name a patient. Returns false when the user changes their mind. */
export const savePdf = async (window: BrowserWindow, suggestedName: string, texts: HostTexts): Promise<boolean> => {
  const path = await askPdfPath(window, suggestedName, texts);
  if (path === undefined) return false;
  const pdf = await pdfOfPage(window);
  try {
    writeAtomically(path, pdf);
  } catch (error) {
    throw new AppError(
      'pdf-not-saved',
      'The PDF could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
      { detail: error instanceof Error && 'code' in error ? String(error.code) : String(error), cause: error },
    );
  }
  return true;
};

/** Asks where, then writes the file for its owner alone: it names a patient. False when the user changes their mind. */
export const saveReport = async (
  window: BrowserWindow,
  { format, base64 }: { format: ReportFormat; base64: string },
  texts: HostTexts,
): Promise<boolean> => {
  const path = await askReportPath(window, format, texts);
  if (path === undefined) return false;
  try {
    writeAtomically(path, Buffer.from(base64, 'base64'));
  } catch (error) {
    throw new AppError(
      'report-not-saved',
      'The report could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
      { detail: error instanceof Error && 'code' in error ? String(error.code) : String(error), cause: error },
    );
  }
  return true;
};
