/** Geometry of a stack of parallel slices, and what is unusual about it. */
import { distance, dot, type StackGeometry, scale, stackNormal, subtract, type Vec3 } from '#shared/study/geometry.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import { type Unplaced, unplaced } from '#shared/study/messages/stacks.ts';
import type { QualityNote } from '#shared/study/study.ts';
import type { ImageRecord } from '../records.ts';
import { isPlaced, type Placement, placeImage } from './placement.ts';

/** Neighbour distances may differ by this much and still count as even (see StackGeometry.uniform). */
const evenWithinShare = 0.01;
const evenWithinMm = 0.05;

const neighbourDistances = (positions: readonly Vec3[]): number[] =>
  positions.slice(1).map((position, index) => distance(position, positions[index] ?? position));

const isUniform = (positions: readonly Vec3[]): boolean => {
  const distances = neighbourDistances(positions);
  const spread = Math.max(...distances) - Math.min(...distances);
  const mean = distances.reduce((sum, value) => sum + value, 0) / distances.length;
  return distances.length < 2 || spread <= Math.max(evenWithinMm, evenWithinShare * mean);
};

/**
 * Geometry of images that were divided by orientation, grid and frame of reference, with the images sorted along the
 * slice normal; or the reason why they cannot be placed in patient space.
 */
export const placeStack = (
  images: readonly ImageRecord[],
): { geometry: StackGeometry; images: ImageRecord[] } | { unplaced: Unplaced } => {
  const placed = images.map((image) => ({ image, placement: placeImage(image) }));
  const inSpace: { image: ImageRecord; placement: Placement }[] = [];
  for (const { image, placement } of placed) {
    if (!isPlaced(placement)) return { unplaced: placement };
    inSpace.push({ image, placement });
  }
  const first = inSpace[0]?.placement;
  if (!first) return { unplaced: unplaced('no-image') };
  const normal = stackNormal(first);
  inSpace.sort((a, b) => dot(a.placement.position, normal) - dot(b.placement.position, normal));
  const positions = inSpace.map(({ placement }) => placement.position);
  // Some images of a series may not repeat what the others say.
  const frame = inSpace.find(({ placement }) => placement.frameOfReferenceUID)?.placement.frameOfReferenceUID;
  return {
    geometry: {
      ...(frame ? { frameOfReferenceUID: frame } : {}),
      rowDirection: first.rowDirection,
      columnDirection: first.columnDirection,
      columnSpacing: first.columnSpacing,
      rowSpacing: first.rowSpacing,
      positions,
      uniform: isUniform(positions),
    },
    images: inSpace.map(({ image }) => image),
  };
};

/** Median distance between neighbouring slices along the normal, mm; `undefined` for a single slice. */
export const sliceDistance = (geometry: StackGeometry): number | undefined => {
  const distances = neighbourDistances(geometry.positions).sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)];
};

/** In-plane drift from the first to the last slice beyond which the stack is sheared, mm. */
const shearMm = 1;

/** Slices this many times further apart than the header says, as where every second one is missing. */
const everySecondSlice = 1.9;

/** What a reader should know before measuring in this stack; `declared` is the slice distance that the headers give. Slices keep their own positions, so nothing is resampled here. */
export const geometryNotes = (geometry: StackGeometry, declared?: { mm: number }): QualityNote[] => {
  const notes: QualityNote[] = [];
  const typical = sliceDistance(geometry);
  if (typical === undefined) return notes;
  const distances = neighbourDistances(geometry.positions);
  const gaps = distances.filter((value) => value > 1.5 * typical).length;
  if (gaps > 0) {
    const values = { places: gaps, widest: Math.max(...distances).toFixed(1), usual: typical.toFixed(1) };
    notes.push({ severity: 'warning', ...noteSentence('missing-slices', values) });
  } else if (!geometry.uniform) {
    const range = { least: Math.min(...distances).toFixed(2), most: Math.max(...distances).toFixed(2) };
    notes.push({ severity: 'info', ...noteSentence('uneven-spacing', range) });
  }
  const nominal = declared?.mm ?? Number.POSITIVE_INFINITY;
  if (typical >= everySecondSlice * nominal) {
    notes.push({
      severity: 'warning',
      ...noteSentence('every-second-slice', { step: typical.toFixed(1), declared: nominal.toFixed(1) }),
    });
  }
  const first = geometry.positions[0];
  const last = geometry.positions.at(-1);
  if (first && last) {
    const normal = stackNormal(geometry);
    const along = subtract(last, first);
    const drift = distance(along, scale(normal, dot(along, normal)));
    if (drift > shearMm) {
      notes.push({ severity: 'info', ...noteSentence('sheared-stack', { drift: drift.toFixed(1) }) });
    }
  }
  return notes;
};
