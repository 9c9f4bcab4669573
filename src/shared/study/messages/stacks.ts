/** What a part of a divided series is called, and why a stack has no place in the patient, by code. */
import { sayWith } from './english.ts';

export const partTemplates = {
  patient: 'patient {index} of {total} that share this series',
  unplaced: 'images without a place in the patient',
  placed: 'images with a place in the patient',
  orientation: 'orientation {index} of {total} ({plane})',
  matrix: 'matrix {index} of {total} ({grid})',
  'matrix-colour': 'matrix {index} of {total} ({grid} colour)',
  frame: 'frame of reference {index} of {total}',
  kind: '{kind}',
  'other-kind': 'images of another kind',
  echo: 'echo {index} of {total}',
  'echo-time': 'echo {index} of {total} (TE {te} ms)',
  'flip-angle': 'flip angle {angle}°',
  'no-flip-angle': 'images without a flip angle',
  'b-value': 'b = {b} s/mm²',
  'no-b-value': 'images without a b-value',
  phase: 'phase {index} of {total} ({numberedBy} {value})',
  'phase-trigger': 'phase {index} of {total} ({numberedBy} {value} ms)',
  'phase-in-order': 'phase {index} of {total} (in order of acquisition)',
  'first-images': 'first image of each of {positions} positions',
  'further-images': '{images} at a position that is already taken',
  'whole-stack': 'all {positions} slices ({numberedBy} {value})',
  'taken-again': 'a repeat: {images} at a position that is already taken ({numberedBy} {value})',
  'repeats-untold': '{repeats} images of each slice that nothing tells apart',
} as const;

export const partLabel = sayWith(partTemplates);

export const unplacedTemplates = {
  'shared-position': 'The frames of this object share one position, because it is not an Enhanced object.',
  'no-orientation': 'ImageOrientationPatient is missing.',
  'bad-orientation': 'ImageOrientationPatient does not hold two perpendicular unit vectors (off by {off}).',
  'no-position': 'ImagePositionPatient is missing.',
  'no-spacing': 'PixelSpacing is missing, and no other attribute gives a distance in the patient.',
  'bad-spacing': 'PixelSpacing is {rowSpacing} \\ {columnSpacing} mm, which is no distance.',
  'repeats-untold':
    'The slices were taken {repeats} times, and neither a number, nor a time, nor the order of the images tells which belong together.',
  'no-image': 'There is no image.',
} as const;

export const unplaced = sayWith(unplacedTemplates);

/** Why an image or a stack has no place in the patient. */
export type Unplaced = ReturnType<typeof unplaced>;
