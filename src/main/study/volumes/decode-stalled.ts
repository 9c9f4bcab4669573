/** What a person is told when a decode never ends. */
import { AppError } from '#shared/errors.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import { transferSyntax } from '../scan/transfer-syntaxes.ts';

/**
 * Names the series by its number, since its description may hold a patient's name. A codec that loops and a disk that
 * does not answer look alike from outside the process, so that the remedy is for both.
 */
export const decodeStalled = (series: ScannedSeries | undefined, silenceMs: number): AppError => {
  const uid = series?.facts.TransferSyntaxUID;
  const params = {
    series: series?.seriesNumber ?? '–',
    syntax: typeof uid === 'string' ? transferSyntax(uid).name : '–',
    seconds: Math.round(silenceMs / 1000),
  };
  return new AppError(
    'decode-stalled',
    `Reading series ${params.series} (${params.syntax}) made no progress for ${params.seconds} s and was stopped. The other series stay usable. Check that the disk or network drive answers and load it again; where it stops again, ask for an uncompressed export of this series.`,
    { params },
  );
};
