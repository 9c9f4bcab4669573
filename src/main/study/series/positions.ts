/** Positions of images along the normal of their common orientation, and how often each is taken. */
import { cross, dot, type Vec3 } from '#shared/study/geometry.ts';
import type { ImageRecord } from '../records.ts';
import { number } from './fact-values.ts';
import { isPlaced, placeImage } from './placement.ts';

/** Images closer than this along the normal are at one place in the stack; thinner slices than 0.1 mm are not made. */
export const samePositionMm = 0.02;

export interface PlacedImage {
  image: ImageRecord;
  /** Position along the slice normal, mm. */
  along: number;
}

/** Images sorted along the slice normal; `undefined` where one of them cannot be placed. */
export const alongNormal = (images: readonly ImageRecord[]): PlacedImage[] | undefined => {
  const placed: PlacedImage[] = [];
  let normal: Vec3 | undefined;
  for (const image of images) {
    const placement = placeImage(image);
    if (!isPlaced(placement)) return undefined;
    normal ??= cross(placement.rowDirection, placement.columnDirection);
    placed.push({ image, along: dot(placement.position, normal) });
  }
  return placed.sort((a, b) => a.along - b.along);
};

/** Placed images, in order, in groups that are no further than `within` mm from the first of their group. */
export const places = (sorted: readonly PlacedImage[], within: number = samePositionMm): PlacedImage[][] => {
  const groups: [PlacedImage, ...PlacedImage[]][] = [];
  for (const item of sorted) {
    const last = groups.at(-1);
    if (last && item.along - last[0].along <= within) last.push(item);
    else groups.push([item]);
  }
  return groups;
};

/** Distances between neighbours, mm. */
export const gapsBetween = (sorted: readonly PlacedImage[]): number[] =>
  sorted.slice(1).map(({ along }, index) => along - (sorted[index]?.along ?? along));

/**
 * Distance from slice to slice, mm, that the headers declare: SpacingBetweenSlices, else SliceThickness. Slices may
 * overlap to half their thickness (interpolated 3D), and lie further apart than they are thick (a gap in 2D).
 */
export const declaredSpacing = (images: readonly ImageRecord[]): { mm: number; exact: boolean } | undefined => {
  for (const keyword of ['SpacingBetweenSlices', 'SliceThickness']) {
    const known = images.flatMap(({ attributes }) => Math.abs(number(attributes, keyword) ?? 0) || []);
    const mm = Math.min(...known);
    if (known.length > 0) return { mm, exact: keyword === 'SpacingBetweenSlices' };
  }
  return undefined;
};

/** Neighbours nearer than this share of the declared distance belong to different stacks. */
const tooNear = { exact: 0.75, byThickness: 0.48 } as const;

/** Distance, mm, below which two images cannot be neighbours in one stack; `undefined` where the headers declare none. */
export const nearestNeighbourMm = (images: readonly ImageRecord[]): number | undefined => {
  const spacing = declaredSpacing(images);
  return spacing && Math.max(samePositionMm, spacing.mm * (spacing.exact ? tooNear.exact : tooNear.byThickness));
};

/** Slices of the liver are at least this far apart; rows that are denser are stacks beside each other, mm. */
const thinnestMm = 0.4;

/** How far a distance may be from the usual one, as a share of it, and how many may be off. */
const evenWithin = 0.1;
const offShare = 0.1;

/** A few wider distances are missing slices or the space between two slabs; more must be a whole number of slices wide. */
const fewGaps = 2;
const mostMissing = 0.25;

/** Wider distances at mostly regular intervals are the steps from slice to slice of stacks that lie beside each other. */
const mostlyRegular = 0.6;

const areRegular = (places: readonly number[]): boolean => {
  const steps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  return steps.filter((step) => step === usual).length >= mostlyRegular * steps.length;
};

/** Interpolation halves the distance of slices at most, whatever the header declares. */
const finest = 0.45;

/** Even distances, with slices missing here and there, are one stack even where the header declares another distance. */
const isRow = (gaps: readonly number[], declaredMm: number | undefined): boolean => {
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
  const narrower = gaps.filter((gap) => gap < (1 - evenWithin) * usual).length;
  const wider = gaps.flatMap((gap, index) => (gap > (1 + evenWithin) * usual ? [index] : []));
  if (usual < Math.max(thinnestMm, finest * (declaredMm ?? 0)) || narrower > offShare * gaps.length) return false;
  if (wider.length <= Math.min(fewGaps, 0.5 * gaps.length)) return true;
  const missing = wider.every((index) => {
    const times = (gaps[index] ?? 0) / usual;
    return times < 5 && Math.abs(times - Math.round(times)) <= 2 * evenWithin;
  });
  return (
    missing && wider.length <= (declaredMm === undefined ? mostMissing : offShare) * gaps.length && !areRegular(wider)
  );
};

/**
 * True where the images may be one stack: no place is taken twice, and no two slices are nearer than the headers allow
 * unless they lie evenly (interpolated slices are often finer than their thickness).
 */
export const mayBeOneStack = (sorted: readonly PlacedImage[]): boolean => {
  const gaps = gapsBetween(sorted);
  if (gaps.length === 0) return true;
  const least = Math.min(...gaps);
  if (least <= samePositionMm) return false;
  const images = sorted.map(({ image }) => image);
  return least >= (nearestNeighbourMm(images) ?? Number.POSITIVE_INFINITY) || isRow(gaps, declaredSpacing(images)?.mm);
};

/** Share of the smaller group's slices that must lie at the other's places for the two to show the same slices. */
const mostly = 0.5;

/**
 * True where every group shows the slices of the largest again, so that what tells them apart is a dimension of the
 * series. Values that alternate from slice to slice are noise, and taking them for a dimension would tear the stack.
 * Images without a place say nothing against it.
 */
export const showSameSlices = (groups: readonly (readonly ImageRecord[])[]): boolean => {
  const placed = groups.map((group) => alongNormal(group));
  if (placed.includes(undefined)) return true;
  const whole = [...placed].sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0];
  return placed.every((group) => {
    if (!group || !whole || group === whole) return true;
    const shared = group.filter(({ along }) => whole.some((other) => Math.abs(other.along - along) <= samePositionMm));
    return shared.length >= mostly * group.length;
  });
};
