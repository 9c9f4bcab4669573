/** Phases of a series whose header does not name them, from the order in which its images were made. */
import type { ImageRecord } from '../records.ts';
import { moment } from './dicom-time.ts';
import { number, text } from './fact-values.ts';
import { areParallelStacks } from './parallel-stacks.ts';
import {
  alongNormal,
  declaredSpacing,
  gapsBetween,
  mayBeOneStack,
  nearestNeighbourMm,
  type PlacedImage,
  samePositionMm,
} from './positions.ts';
import { goAlike, goThrough, marchesThrough, runsThrough } from './slice-runs.ts';

const clocks = [
  { dateTime: 'FrameAcquisitionDateTime', time: '' },
  { time: 'AcquisitionTime' },
  { dateTime: 'AcquisitionDateTime', time: '' },
  { time: 'ContentTime' },
];

const acquired = ({ attributes }: ImageRecord): number | undefined => {
  for (const keywords of clocks) {
    const found = moment(attributes, keywords);
    if (found) return found.seconds;
  }
  return undefined;
};

/** Frames of one object share its number, and follow each other by their own: there are at most 20,000. */
const framesPerInstance = 2 ** 20;

const instance = ({ attributes, frame }: ImageRecord): number | undefined => {
  const own = number(attributes, 'InstanceNumber');
  return own === undefined ? undefined : own + frame / framesPerInstance;
};

/** Images in the order of a value; `undefined` where an image has none or the value tells too few of them apart. */
const orderedBy = (
  placed: readonly PlacedImage[],
  read: (image: ImageRecord) => number | undefined,
  unique: boolean,
): PlacedImage[] | undefined => {
  const valued = placed.flatMap((item) => {
    const value = read(item.image);
    return value === undefined ? [] : [{ item, value, nth: instance(item.image) ?? 0 }];
  });
  const distinct = new Set(valued.map(({ value }) => value)).size;
  if (valued.length < placed.length || distinct < (unique ? placed.length : 2)) return undefined;
  return valued.sort((a, b) => a.value - b.value || a.nth - b.nth).map(({ item }) => item);
};

/** Share of the declared distance within which two images show one slice, however the phases are shifted. */
const oneSlice = 0.75;

/**
 * Distances, mm, within which two images may be the same slice, the widest first: from what the header declares, or from
 * the larger distances where it declares nothing, and next to none where the slices repeat exactly.
 */
const sameSliceMm = (sorted: readonly PlacedImage[]): number[] => {
  const images = sorted.map(({ image }) => image);
  const declared = declaredSpacing(images)?.mm ?? Math.max(...gapsBetween(sorted));
  return [oneSlice * declared, nearestNeighbourMm(images) ?? 0.5 * oneSlice * declared, samePositionMm];
};

const accepted = (runs: readonly PlacedImage[][]): ImageRecord[][] | undefined => {
  if (runs.length < 2 || !goAlike(runs) || !goThrough(runs)) return undefined;
  const images = runs.map((run) => run.map(({ image }) => image));
  return areParallelStacks(images, false) ? images : undefined;
};

/** Fewer slices than this show no step that repeats. */
const fewestSlices = 3;

/** Slices further apart than this share of the declared distance are no neighbours. */
const neighbours = 1.5;

/** How far the step from one slice to the next may vary, mm or as a share of it. */
const sameStep = { mm: 0.1, share: 0.05 } as const;

/**
 * All images of one slice follow each other: the k-th of every slice are one phase, if every slice has all of them, so
 * that each image lies one step from the one that follows it by as many as there are phases.
 */
const sliceBySlice = (ordered: readonly PlacedImage[]): ImageRecord[][] | undefined => {
  const declared = declaredSpacing(ordered.map(({ image }) => image))?.mm ?? Number.POSITIVE_INFINITY;
  // With no declared distance, more phases than slices would take several slices' images for one slice's.
  const most = Math.min(
    ordered.length / fewestSlices,
    Number.isFinite(declared) ? ordered.length : Math.sqrt(ordered.length),
  );
  for (let phases = 2; phases <= most; phases++) {
    if (ordered.length % phases !== 0) continue;
    const steps = ordered.slice(phases).map(({ along }, index) => along - (ordered[index]?.along ?? along));
    const usual = steps[0] ?? 0;
    const within = Math.max(sameStep.mm, sameStep.share * Math.abs(usual));
    if (Math.abs(usual) <= within || Math.abs(usual) > neighbours * declared) continue;
    if (steps.some((step) => Math.abs(step - usual) > within)) continue;
    // Images of one place on both sides of a border: the first slice lacks some of its images, and so does the last.
    const borders = ordered.slice(phases).filter((_, index) => index % phases === 0);
    const astride = borders.some(
      ({ along }, n) => Math.abs(along - (ordered[(n + 1) * phases - 1]?.along ?? 0)) <= within,
    );
    if (astride) continue;
    return Array.from({ length: phases }, (_, phase) =>
      ordered.flatMap(({ image }, index) => (index % phases === phase ? [image] : [])),
    );
  }
  return undefined;
};

const isVolume = (placed: readonly PlacedImage[]): boolean =>
  placed.every(({ image }) => text(image.attributes, 'MRAcquisitionType') === '3D');

/**
 * Phases in order: runs through all slices by time, trigger time or instance number, or slice by slice. `undefined`
 * where the order follows neither, so that any division would put images of different phases into one stack.
 */
export const phasesByOrder = (images: readonly ImageRecord[]): ImageRecord[][] | undefined => {
  const sorted = alongNormal(images) ?? [];
  const trigger = ({ attributes }: ImageRecord) => number(attributes, 'TriggerTime');
  const numbered = orderedBy(sorted, instance, true);
  const orders = [orderedBy(sorted, acquired, false), orderedBy(sorted, trigger, false), numbered].filter(
    (order) => order !== undefined,
  );
  const volume = isVolume(sorted);
  for (const order of orders) {
    const found = volume ? accepted(marchesThrough(order)) : undefined;
    if (found) return found;
  }
  const one = mayBeOneStack(sorted);
  const bySlice = numbered && !one ? sliceBySlice(numbered) : undefined;
  if (bySlice) return bySlice;
  for (const order of orders) {
    for (const near of sameSliceMm(sorted)) {
      const found = accepted(runsThrough(order, near));
      if (found) return found;
    }
  }
  return undefined;
};
