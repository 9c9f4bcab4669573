/**
 * Stacks that the page makes of others, to be seen in a pane as any series is. They are in no study: nothing of them can have a
 * role, be measured or kept.
 */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { PaneSpec } from '../contract.ts';
import { forgetImages } from '../cornerstone/image-loader.ts';
import {
  holdVolume,
  type LoadedVolume,
  type Pixels,
  releaseVolume,
  type VolumeKey,
} from '../cornerstone/volume-store.ts';
import { type InTurnsOptions, inTurns } from '../in-turns.ts';
import { type SectionPlane, sectionSteps } from '../space/sections.ts';
import { darkShare, subtractionSteps, windowWidth } from '../space/subtraction.ts';

let made = 0;

export interface Derived {
  key: VolumeKey;
  volume: LoadedVolume;
}

/** Held until `letGoDerived`. */
const hold = (openId: string, volume: LoadedVolume): Derived => {
  const key = { openId, seriesId: volume.info.seriesId };
  return { key, volume: holdVolume(key, volume) };
};

export const letGoDerived = ({ key }: Derived): void => {
  // A pane that still shows it lets go in this turn, too.
  setTimeout(() => {
    const volume = releaseVolume(key);
    if (volume) forgetImages(key, volume.info);
  });
};

const asPlaced = ({ info, pixels }: LoadedVolume, shift: Vec3) => {
  if (!info.geometry) throw new Error('a stack without a place was asked for a difference');
  return { shape: info.shape, data: pixels, geometry: movedStack(info.geometry, shift) };
};

export interface DifferenceOf {
  volume: LoadedVolume;
  /** How far it was moved by hand, mm LPS. */
  shift: Vec3;
}

/** What the first shows more than the second, with the share of notable differences that is negative. Both have a place. */
export const makeDifference = async (
  minuend: DifferenceOf,
  subtrahend: DifferenceOf,
  options: InTurnsOptions,
): Promise<Derived & { darkShare: number | undefined }> => {
  const of = asPlaced(minuend.volume, minuend.shift);
  const difference = await inTurns(subtractionSteps(of, asPlaced(subtrahend.volume, subtrahend.shift)), options);
  const { values, inside } = difference;
  const width = windowWidth(difference);
  // Black, and not the grey of no difference, where the second shows nothing.
  for (let i = 0; i < values.length; i++) if (!inside[i]) values[i] = -width / 2;
  const { info } = minuend.volume;
  const volume: LoadedVolume = {
    info: {
      ...info,
      seriesId: `difference ${++made}`,
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

/** One section of a stack for which `noSections` is undefined. */
export const makeSection = async (
  volume: LoadedVolume,
  plane: SectionPlane,
  options: InTurnsOptions,
): Promise<Derived> => {
  const { info, pixels } = volume;
  if (!info.geometry) throw new Error('a stack without a place was asked for a section');
  const section = await inTurns(
    sectionSteps({ shape: info.shape, data: pixels, geometry: info.geometry }, plane),
    options,
  );
  return hold(info.openId, {
    info: {
      ...info,
      seriesId: `${plane} ${++made}`,
      shape: section.shape,
      geometry: section.geometry,
      sopInstanceUIDs: [],
    },
    pixels: section.data as Pixels,
  });
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
