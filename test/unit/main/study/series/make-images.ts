import type { ImageRecord } from '../../../../../src/main/study/records.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';

export const axial = [1, 0, 0, 0, 1, 0];
export const coronal = [1, 0, 0, 0, 0, -1];
export const sagittal = [0, 1, 0, 0, 0, -1];

/** An image of a made-up axial series: 256 × 256, 1.5 mm, at height `z` (mm), with further attributes. */
export const image = (number: number, z: number, attributes: SeriesFacts = {}): ImageRecord => ({
  file: `IM${number}`,
  source: 0,
  frame: 0,
  sopClassUID: '1.2.840.10008.5.1.4.1.1.4',
  sopInstanceUID: `1.2.3.${number}`,
  studyInstanceUID: '1.2.3',
  seriesInstanceUID: '1.2.3.1',
  patient: { patientName: 'Demo', patientId: 'demo-1' },
  attributes: {
    Modality: 'MR',
    InstanceNumber: number,
    Rows: 256,
    Columns: 256,
    PixelSpacing: [1.5, 1.5],
    ImageOrientationPatient: axial,
    ImagePositionPatient: [-190, -190, z],
    FrameOfReferenceUID: '1.2.3.9',
    ...attributes,
  },
});

/** `count` slices upwards from z = 0, `step` mm apart, numbered from `first`. */
export const slices = (count: number, first: number, attributes: SeriesFacts = {}, step = 5): ImageRecord[] =>
  Array.from({ length: count }, (_, index) => image(first + index, index * step, attributes));
