/**
 * Stacks that the page makes of others, to be seen in a pane as any series is. They are in no study: nothing of them can have a
 * role, be measured or kept.
 */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { PaneSpec } from '../contract.ts';
import type { VolumeKey } from '../cornerstone/image-ids.ts';
import { beyondBudget } from '../cornerstone/volume-fetch.ts';
import { holdOnce, type LoadedVolume, releaseVolume, reserve } from '../cornerstone/volume-store.ts';
import type { Pixels } from '../cornerstone/voxels.ts';
import { type InTurnsOptions, inTurns } from '../in-turns.ts';
import { type SectionPlane, sectionPlanes, sectionSourceSteps, sectionSteps } from '../space/sections.ts';
import { darkShare, subtractionSteps, windowWidth } from '../space/subtraction.ts';

let sequence = 0;

export interface Derived {
  key: VolumeKey;
  volume: LoadedVolume;
}

/** Held until `letGoDerived`. */
const hold = (openId: string, volume: LoadedVolume): Derived => {
  const key = { openId, seriesId: volume.info.seriesId };
  return { key, volume: holdOnce(key, volume) };
};

export const letGoDerived = ({ key }: Derived): void => {
  // A pane that still shows it lets go in this turn, too.
  setTimeout(() => releaseVolume(key));
};

/** With room for `bytes` of what is made, for as long as `work` takes. Rejects with `images-beyond-budget`. */
const withRoom = async <T>(bytes: number, work: () => Promise<T>): Promise<T> => {
  const giveBack = reserve(bytes);
  if (!giveBack) throw beyondBudget(bytes);
  try {
    return await work();
  } finally {
    giveBack();
  }
};

export interface MovedVolume {
  volume: LoadedVolume;
  /** How far it was moved by hand, mm LPS. */
  shift: Vec3;
}

const asPlaced = ({ volume: { info, pixels }, shift }: MovedVolume): PlacedVolume => {
  if (!info.geometry) throw new Error('a stack without a place was asked for another one');
  return { shape: info.shape, data: pixels, geometry: movedStack(info.geometry, shift) };
};

/** What the first shows more than the second, with the share of notable differences that is negative. Both have a place. */
export const makeDifference = async (
  minuend: MovedVolume,
  subtrahend: MovedVolume,
  options: InTurnsOptions,
): Promise<Derived & { darkShare: number | undefined }> => {
  const of = asPlaced(minuend);
  const bytes = Float32Array.BYTES_PER_ELEMENT * of.data.length;
  const difference = await withRoom(bytes, () => inTurns(subtractionSteps(of, asPlaced(subtrahend)), options));
  const { values, inside } = difference;
  const width = windowWidth(difference);
  // Black, and not the grey of no difference, where the second shows nothing.
  for (let i = 0; i < values.length; i++) if (!inside[i]) values[i] = -width / 2;
  const { info } = minuend.volume;
  const volume: LoadedVolume = {
    info: {
      ...info,
      seriesId: `difference ${++sequence}`,
      dtype: 'float32',
      geometry: of.geometry,
      window: { center: 0, width },
      range: { min: -width / 2, max: width / 2 },
      invert: false,
      notes: [],
      bytes: values.byteLength,
    },
    pixels: values,
  };
  return { ...hold(info.openId, volume), darkShare: darkShare(difference) };
};

export interface Sections {
  of: Record<SectionPlane, Derived>;
  /** The series does not lie along the body: what is seen is read between its pixels. */
  isInterpolated: boolean;
}

/** Of the work, this share is reading a stack along the body; the rest puts it in order. */
const READING = 0.7;

/**
 * The three sections of a stack for which `noSections` is undefined, where it lies in the reference.
 * @param keep is handed each one as it is made
 */
export const makeSections = async (
  moved: MovedVolume,
  { keep, ...options }: InTurnsOptions & { keep(made: Derived): Derived },
): Promise<Sections> => {
  const { info } = moved.volume;
  const placed = asPlaced(moved);
  const from = (start: number, share: number): InTurnsOptions => ({
    ...options,
    onProgress: (done) => options.onProgress(start + share * done),
  });
  // As dark as the series goes, where it shows nothing.
  const outside = info.invert ? info.range.max : info.range.min;
  const read = () => inTurns(sectionSourceSteps(placed, outside), from(0, READING));
  const source = await withRoom(moved.volume.pixels.byteLength, read);
  const section = async (plane: SectionPlane, at: number): Promise<Derived> => {
    const share = (1 - READING) / sectionPlanes.length;
    const cut = () => inTurns(sectionSteps(source, plane), from(READING + at * share, share));
    const bytes = Float32Array.BYTES_PER_ELEMENT * source.data.length;
    const { shape, geometry, data } = await withRoom(bytes, cut);
    const pixels = data as Pixels;
    const made = {
      ...info,
      seriesId: `${plane} ${++sequence}`,
      shape,
      geometry,
      sopInstanceUIDs: [],
      bytes: pixels.byteLength,
    };
    return keep(hold(info.openId, { info: made, pixels }));
  };
  return {
    of: {
      axial: await section('axial', 0),
      coronal: await section('coronal', 1),
      sagittal: await section('sagittal', 2),
    },
    isInterpolated: source !== placed,
  };
};

/** Of a section: how thick a slice of its series is says nothing of it. */
export const withoutThickness = (series: ScannedSeries): ScannedSeries => {
  const { SliceThickness: _thickness, ...facts } = series.facts;
  return { ...series, facts };
};

/** The pane of a derived stack: it is looked at, and plays no role. */
export const derivedPane = (
  role: PaneSpec['role'],
  of: ScannedSeries,
  { volume: { info } }: Derived,
  title: string,
): PaneSpec => ({
  role,
  confirmed: false,
  viewing: true,
  title,
  series: seriesOf(of, info.seriesId, info.shape, info.geometry),
});

const seriesOf = (
  { secondsAfterContrast: _time, ...of }: ScannedSeries,
  id: string,
  [instances, rows, columns]: readonly [number, number, number],
  geometry: StackGeometry | undefined,
): ScannedSeries => ({
  ...of,
  id,
  instances,
  rows,
  columns,
  ...(geometry ? { geometry } : {}),
  suggestion: { role: 'other', confidence: 0, reasons: [] },
  notes: [],
});
