/** Whether the slices of one stack show the same state of contrast. */
import type { ImageRecord } from '../records.ts';
import { secondsOfDay } from './dicom-time.ts';
import { text } from './fact-values.ts';

/** A 3D acquisition takes all slices at once; some scanners stamp each with its own second of the breath-hold. */
const longestBreathHoldSeconds = 40;

const distinct = (images: readonly ImageRecord[], keyword: string): number =>
  new Set(images.map(({ attributes }) => text(attributes, keyword)).filter((value) => value !== '')).size;

const secondsOf = (images: readonly ImageRecord[], keyword: string): number[] =>
  images.flatMap(({ attributes }) => secondsOfDay(text(attributes, keyword)) ?? []);

/** True where the injection lies between the times of the slices. */
const straddlesInjection = (images: readonly ImageRecord[], times: readonly number[]): boolean => {
  const starts = secondsOf(images, 'ContrastBolusStartTime');
  const [earliest, latest] = [Math.min(...times), Math.max(...times)];
  return starts.some((start) => start > earliest + 1 && start < latest - 1);
};

/**
 * True where slices of one stack were taken at several time points of a dynamic series, or at times that no single
 * acquisition has.
 */
export const mixesContrastStates = (images: readonly ImageRecord[]): boolean => {
  if (distinct(images, 'TemporalPositionIdentifier') > 1) return true;
  const times = secondsOf(images, 'AcquisitionTime');
  if (times.length < 2) return false;
  const spread = Math.max(...times) - Math.min(...times);
  const volume = images.every(({ attributes }) => text(attributes, 'MRAcquisitionType') === '3D');
  return (volume && spread > longestBreathHoldSeconds) || straddlesInjection(images, times);
};
