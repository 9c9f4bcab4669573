/** Positions of images along the normal of their common orientation, and how often each is taken. */
import { cross, dot, type Vec3 } from '#shared/study/geometry.ts';
import type { ImageRecord } from '../records.ts';
import { isPlaced, placeImage } from './placement.ts';

/** Images closer than this along the normal are at one place in the stack; thinner slices than 0.1 mm are not made. */
const samePositionMm = 0.02;

interface Placed {
  image: ImageRecord;
  along: number;
}

/** Images at the same place, sorted along the slice normal; `undefined` where one of them cannot be placed. */
export const imagesByPosition = (images: readonly ImageRecord[]): ImageRecord[][] | undefined => {
  const placed: Placed[] = [];
  let normal: Vec3 | undefined;
  for (const image of images) {
    const placement = placeImage(image);
    if (!isPlaced(placement)) return undefined;
    normal ??= cross(placement.rowDirection, placement.columnDirection);
    placed.push({ image, along: dot(placement.position, normal) });
  }
  placed.sort((a, b) => a.along - b.along);
  const groups: { first: Placed; images: ImageRecord[] }[] = [];
  for (const item of placed) {
    const last = groups.at(-1);
    if (last && item.along - last.first.along <= samePositionMm) last.images.push(item.image);
    else groups.push({ first: item, images: [item.image] });
  }
  return groups.map((group) => group.images);
};

/** True where some slice was taken more than once, or where positions are unknown and so say nothing. */
export const mayRepeat = (images: readonly ImageRecord[]): boolean => {
  const byPosition = imagesByPosition(images);
  return !byPosition || byPosition.length < images.length;
};
