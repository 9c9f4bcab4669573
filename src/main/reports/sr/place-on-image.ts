/** Where a line in the patient lies on the images that it was drawn on. Pure; mm LPS to pixels. */
import { dot, midpoint, type StackGeometry, stackNormal, subtract, type Vec3 } from '#shared/study/geometry.ts';

/** Index of the slice whose plane is nearest to a position. */
export const nearestSlice = (geometry: StackGeometry, position: Vec3): number => {
  const normal = stackNormal(geometry);
  const distances = geometry.positions.map((origin) => Math.abs(dot(subtract(position, origin), normal)));
  return distances.indexOf(Math.min(...distances));
};

export const sliceOfLine = (geometry: StackGeometry, [a, b]: readonly [Vec3, Vec3]): number =>
  nearestSlice(geometry, midpoint(a, b));

/**
 * Column and row from the upper left *corner* of the upper left pixel, as SCOORD counts them (PS3.3 C.18.6.1.1): the centre
 * of that pixel is at 0.5, 0.5.
 */
export const onImage = (geometry: StackGeometry, slice: number, position: Vec3): [column: number, row: number] => {
  const origin = geometry.positions[slice];
  if (!origin) throw new RangeError(`slice ${slice} of ${geometry.positions.length}`);
  const away = subtract(position, origin);
  return [
    dot(away, geometry.rowDirection) / geometry.columnSpacing + 0.5,
    dot(away, geometry.columnDirection) / geometry.rowSpacing + 0.5,
  ];
};
