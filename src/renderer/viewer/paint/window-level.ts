/** Window centre and width in image values (DICOM PS3.3 C.11.2.1.2). MR values have no unit, so presets are relative. */
export interface Window {
  center: number;
  width: number;
}

export const windowPresets = ['default', 'slice', 'narrow', 'wide', 'full'] as const;
export type WindowPreset = (typeof windowPresets)[number];

const SAMPLES = 4096;

/** The 1st to 99th percentile of what is above the darkest tenth (air): what the eye wants from one slice. */
const windowOfPixels = (pixels: ArrayLike<number>, fallback: Window): Window => {
  const step = Math.max(1, Math.floor(pixels.length / SAMPLES));
  const sample: number[] = [];
  for (let i = 0; i < pixels.length; i += step) sample.push(pixels[i] ?? 0);
  sample.sort((a, b) => a - b);
  const at = (share: number): number => sample[Math.floor(share * (sample.length - 1))] ?? 0;
  const [low, high] = [at(0.1), at(0.99)];
  return high > low ? { center: (low + high) / 2, width: high - low } : fallback;
};

/** `series` is the window that came with the volume; `pixels` are those of the slice on screen. */
export const presetWindow = (
  preset: WindowPreset,
  series: Window,
  range: { min: number; max: number },
  pixels: ArrayLike<number>,
): Window => {
  switch (preset) {
    case 'default':
      return series;
    case 'slice':
      return windowOfPixels(pixels, series);
    case 'narrow':
      return { center: series.center, width: series.width * 0.5 };
    case 'wide':
      return { center: series.center, width: series.width * 1.6 };
    case 'full':
      return range.max > range.min
        ? { center: (range.min + range.max) / 2, width: range.max - range.min }
        : { ...series };
  }
};

/** One drag step in pixels: right widens, down raises the level (darker). In proportion to the width, so any scale works. */
export const draggedWindow = (window: Window, dx: number, dy: number): Window => ({
  center: window.center + dy * window.width * 0.003,
  width: Math.max(window.width * Math.exp(dx * 0.005), 1e-6),
});

export const windowBounds = (window: Window): { lower: number; upper: number } => ({
  lower: window.center - window.width / 2,
  upper: window.center + window.width / 2,
});

/** A window by another one, so that it can be taken over to images of another scale: 1 and 0 are that other one itself. */
export interface RelativeWindow {
  width: number;
  /** Of the centre, in widths of the other one. */
  shift: number;
}

export const relativeWindow = (window: Window, series: Window): RelativeWindow => ({
  width: window.width / series.width,
  shift: (window.center - series.center) / series.width,
});

export const absoluteWindow = ({ width, shift }: RelativeWindow, series: Window): Window => ({
  width: Math.max(width * series.width, 1e-6),
  center: series.center + shift * series.width,
});

export const AS_STORED: RelativeWindow = { width: 1, shift: 0 };

export const isSameWindow = (a: RelativeWindow, b: RelativeWindow): boolean =>
  Math.abs(a.width - b.width) < 1e-6 && Math.abs(a.shift - b.shift) < 1e-6;

export const isAsStored = (window: RelativeWindow): boolean => isSameWindow(window, AS_STORED);
