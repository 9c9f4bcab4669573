/** The file of a table that a person chose, read in a worker of its own: what a stranger wrote cannot hold the page. */
import { AppError, type ErrorShape, fromErrorShape } from '#shared/errors.ts';
import { MOST_TABLE_BYTES, tableTooLarge } from '#shared/tables/limits.ts';
import type { TableFile } from '#shared/tables/table-file.ts';

export interface TableQuestion {
  bytes: Uint8Array;
  sheet: string | undefined;
}
export type TableAnswer = { file: TableFile } | { error: ErrorShape };

const died = () =>
  new AppError('table-unread', 'The table could not be read. Save it as CSV in UTF-8 and choose that one.');

/** @param sheet of a spreadsheet; the first that holds anything unless it is named */
export const readTable = async (file: File, signal: AbortSignal, sheet?: string): Promise<TableFile> => {
  if (file.size > MOST_TABLE_BYTES) throw tableTooLarge();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<TableFile>((resolve, reject) => {
      const cancelled = () => reject(new AppError('cancelled', 'Cancelled.'));
      if (signal.aborted) cancelled();
      signal.addEventListener('abort', cancelled, { once: true });
      worker.addEventListener('error', () => reject(died()));
      worker.addEventListener('message', ({ data }: MessageEvent<TableAnswer>) => {
        if ('file' in data) resolve(data.file);
        else reject(fromErrorShape(data.error));
      });
      const question: TableQuestion = { bytes, sheet };
      worker.postMessage(question, [bytes.buffer]);
    });
  } finally {
    worker.terminate();
  }
};
