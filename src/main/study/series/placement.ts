/** Where one image lies in patient space, or the reason why that is not known. */
import type { Vec3 } from '#shared/study/geometry.ts';
import { type Unplaced, unplaced } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';
import { number, numbers, text } from './fact-values.ts';
import { isOriented, type Orientation, readOrientation } from './plane.ts';

export interface Placement extends Orientation {
  position: Vec3;
  rowSpacing: number;
  columnSpacing: number;
  frameOfReferenceUID?: string;
  rows: number;
  columns: number;
}

/** Multi-frame classes whose frames have positions of their own (PS3.4 B.5): Enhanced and legacy-converted MR, CT, PET. */
const hasPlacedFrames: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.4.1',
  '1.2.840.10008.5.1.4.1.1.4.3',
  '1.2.840.10008.5.1.4.1.1.4.4',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2',
  '1.2.840.10008.5.1.4.1.1.130',
  '1.2.840.10008.5.1.4.1.1.128.1',
]);

const readPlacement = (image: ImageRecord): Placement | Unplaced => {
  const facts = image.attributes;
  if ((number(facts, 'NumberOfFrames') ?? 1) > 1 && !hasPlacedFrames.has(image.sopClassUID)) {
    return unplaced('shared-position');
  }
  const orientation = readOrientation(facts);
  if (!isOriented(orientation)) return orientation;
  const position = numbers(facts, 'ImagePositionPatient');
  const [x, y, z] = position ?? [];
  if (position?.length !== 3 || x === undefined || y === undefined || z === undefined) {
    return unplaced('no-position');
  }
  const spacing = numbers(facts, 'PixelSpacing');
  const [rowSpacing, columnSpacing] = spacing ?? [];
  if (spacing?.length !== 2 || rowSpacing === undefined || columnSpacing === undefined) {
    return unplaced('no-spacing');
  }
  if (!(rowSpacing > 0 && columnSpacing > 0)) {
    return unplaced('bad-spacing', { rowSpacing, columnSpacing });
  }
  const frame = text(facts, 'FrameOfReferenceUID');
  return {
    ...orientation,
    position: [x, y, z],
    rowSpacing,
    columnSpacing,
    ...(frame ? { frameOfReferenceUID: frame } : {}),
    rows: number(facts, 'Rows') ?? 0,
    columns: number(facts, 'Columns') ?? 0,
  };
};

/** Every splitter asks again, and records are never changed, so each is read once. */
const known = new WeakMap<ImageRecord, Placement | Unplaced>();

export const isPlaced = (found: Placement | Unplaced): found is Placement => 'position' in found;

/**
 * Placement of an image (PS3.3 C.7.6.2). Only PixelSpacing (0028,0030) gives a distance in the patient:
 * ImagerPixelSpacing and NominalScannedPixelSpacing are distances at a detector, and a spacing that is missing is
 * never replaced by 1 mm or by another image's.
 */
export const placeImage = (image: ImageRecord): Placement | Unplaced => {
  const before = known.get(image);
  if (before !== undefined) return before;
  const placement = readPlacement(image);
  known.set(image, placement);
  return placement;
};
