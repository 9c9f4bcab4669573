/** The window a volume is first shown with. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import { firstNumber } from '../scan/pixel-description.ts';
import type { ValueRange } from './modality.ts';

export interface ValueWindow {
  center: number;
  width: number;
}

const bins = 4096;
/** Air is most of an abdominal image, vessels and fat are its brightest specks: neither should set the window. */
const lowShare = 0.02;
const highShare = 0.995;

/** Window between two percentiles of the values, from a histogram. */
const robustWindow = (data: VoxelArray, range: ValueRange): ValueWindow => {
  const span = range.max - range.min;
  if (!(span > 0)) return { center: range.min, width: 1 };
  const counts = new Uint32Array(bins);
  const scale = (bins - 1) / span;
  for (let i = 0; i < data.length; i++) {
    const bin = Math.trunc(((data[i] ?? 0) - range.min) * scale);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const at = (share: number): number => {
    let seen = 0;
    for (let bin = 0; bin < bins; bin++) {
      seen += counts[bin] ?? 0;
      if (seen >= share * data.length) return range.min + bin / scale;
    }
    return range.max;
  };
  const low = at(lowShare);
  const high = at(highShare);
  return high > low
    ? { center: (low + high) / 2, width: high - low }
    : { center: (range.min + range.max) / 2, width: span };
};

const declaredWindow = (attributes: SeriesFacts): ValueWindow | undefined => {
  const center = firstNumber(attributes.WindowCenter);
  const width = firstNumber(attributes.WindowWidth);
  return center !== undefined && width !== undefined && width > 0 ? { center, width } : undefined;
};

/**
 * The window that the images declare, where all declare the same one and it shows something of the values; else one
 * between percentiles. Scanners often window each slice by itself, which makes a stack flicker.
 */
export const initialWindow = (images: readonly SeriesFacts[], data: VoxelArray, range: ValueRange): ValueWindow => {
  const [first, ...others] = images.map(declaredWindow);
  const agreed =
    first && others.every((window) => window?.center === first.center && window.width === first.width)
      ? first
      : undefined;
  if (agreed && agreed.center + agreed.width / 2 > range.min && agreed.center - agreed.width / 2 < range.max)
    return agreed;
  return robustWindow(data, range);
};
