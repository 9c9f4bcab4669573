/** The few DICOM values that a pane shows, as numbers with their unit, or nothing where the file does not say. */
import type { ScannedSeries } from '#shared/study/study.ts';

type Facts = ScannedSeries['facts'];

/** First value of an attribute as a number; DS and IS may arrive as text, multi-valued ones with backslashes. */
export const factNumber = (facts: Facts, keyword: string): number | undefined => {
  const value = facts[keyword];
  const first = Array.isArray(value) ? value[0] : typeof value === 'string' ? value.split('\\')[0] : value;
  if (first === undefined || first === null || first === '') return undefined;
  const number = Number(first);
  return Number.isFinite(number) ? number : undefined;
};

/** SliceThickness, mm; a thickness of zero means that nobody filled it in. */
export const thicknessMm = (series: ScannedSeries): number | undefined => {
  const value = factNumber(series.facts, 'SliceThickness');
  return value !== undefined && value > 0 ? value : undefined;
};

export const echoTimeMs = (series: ScannedSeries): number | undefined => factNumber(series.facts, 'EchoTime');

/** LossyImageCompression (0028,2110) is `01` once lossy, whatever the present transfer syntax (PS3.3 C.7.6.1.1.5). */
export const lossyRatio = (series: ScannedSeries): { ratio: number | undefined } | undefined => {
  const flag = series.facts.LossyImageCompression;
  return flag === '01' || flag === 1 || flag === '1'
    ? { ratio: factNumber(series.facts, 'LossyImageCompressionRatio') }
    : undefined;
};
