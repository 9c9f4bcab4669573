/** Stands in for the `dicom` worker process: its series 7 holds the process for ever, any other one is decoded. */
import { AppError } from '#shared/errors.ts';
import type { OpenParams, SeriesParams } from '../../../../../src/main/study/worker-methods-contract.ts';
import { type MethodContext, serveWorker } from '../../../../../src/main/workers/server.ts';

const opened = new Set<string>();
const series = (seriesNumber: number) => ({
  id: `1.2.${seriesNumber}`,
  seriesNumber,
  description: 'DOE^JANE t1 vibe',
  facts: { TransferSyntaxUID: '1.2.840.10008.1.2.4.90' },
});

const open = ({ openId }: OpenParams) => {
  opened.add(openId);
  return { studies: [{ series: [series(7), series(8)] }], skipped: [], files: 2 };
};

const decode = ({ openId, seriesId }: SeriesParams, { progress }: MethodContext) => {
  if (!opened.has(openId)) throw new AppError('unknown-handle', 'Not open.');
  progress('decode', 0, 1);
  // A codec in an endless loop: nothing else of this process runs any more, not even its messages.
  while (seriesId === '1.2.7');
  return { info: { seriesId }, data: new Int16Array(1), slice: 0 };
};

serveWorker({ open, reopen: open, decode, slice: decode });
