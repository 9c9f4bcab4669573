/** Geometry of a stack of parallel slices, and what is unusual about it. */
import { distance, dot, type StackGeometry, scale, stackNormal, subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { QualityNote } from '#shared/study/study.ts';
import type { ImageRecord } from '../records.ts';
import { placeImage } from './placement.ts';

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
): { geometry: StackGeometry; images: ImageRecord[] } | { unplaced: string } => {
  const placed = images.map((image) => ({ image, placement: placeImage(image) }));
  const reasons = placed.flatMap(({ placement }) => (typeof placement === 'string' ? [placement] : []));
  if (reasons[0] !== undefined) {
    const share = reasons.length === images.length ? '' : ` (in ${reasons.length} of ${images.length} images)`;
    return { unplaced: `${reasons[0]}${share}.` };
  }
  const inSpace = placed.flatMap(({ image, placement }) =>
    typeof placement === 'string' ? [] : [{ image, placement }],
  );
  const first = inSpace[0]?.placement;
  if (!first) return { unplaced: 'There is no image.' };
  const normal = stackNormal(first);
  inSpace.sort((a, b) => dot(a.placement.position, normal) - dot(b.placement.position, normal));
  const positions = inSpace.map(({ placement }) => placement.position);
  return {
    geometry: {
      ...(first.frameOfReferenceUID ? { frameOfReferenceUID: first.frameOfReferenceUID } : {}),
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

/** What a reader should know before measuring in this stack. Slices keep their own positions, so nothing is resampled here. */
export const geometryNotes = (geometry: StackGeometry): QualityNote[] => {
  const notes: QualityNote[] = [];
  const typical = sliceDistance(geometry);
  if (typical === undefined) return notes;
  const distances = neighbourDistances(geometry.positions);
  const gaps = distances.filter((value) => value > 1.5 * typical).length;
  if (gaps > 0) {
    const widest = Math.max(...distances).toFixed(1);
    notes.push({
      code: 'missing-slices',
      severity: 'warning',
      text: `Slices are missing at ${gaps} place${gaps === 1 ? '' : 's'}: the widest step is ${widest} mm, the usual one ${typical.toFixed(1)} mm.`,
    });
  } else if (!geometry.uniform) {
    const range = `${Math.min(...distances).toFixed(2)} to ${Math.max(...distances).toFixed(2)} mm`;
    notes.push({ code: 'uneven-spacing', severity: 'info', text: `The distance between slices varies from ${range}.` });
  }
  const first = geometry.positions[0];
  const last = geometry.positions.at(-1);
  if (first && last) {
    const normal = stackNormal(geometry);
    const along = subtract(last, first);
    const drift = distance(along, scale(normal, dot(along, normal)));
    if (drift > shearMm) {
      notes.push({
        code: 'sheared-stack',
        severity: 'info',
        text: `The slices are shifted against each other by ${drift.toFixed(1)} mm in their plane (gantry tilt or a rotated slab).`,
      });
    }
  }
  return notes;
};
