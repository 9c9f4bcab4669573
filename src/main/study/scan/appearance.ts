import type { ImageRecord } from '../records.ts';

/** Two images that differ in one of these are two images, whatever their identifiers and pixels say: air is air. */
const distinguishing = [
  'ImagePositionPatient',
  'ImageOrientationPatient',
  'SliceLocation',
  'AcquisitionNumber',
  'TemporalPositionIdentifier',
  'AcquisitionDateTime',
  'AcquisitionTime',
  'ContentTime',
  'TriggerTime',
  'EchoTime',
  'EchoNumbers',
  'DiffusionBValue',
  'ImageType',
  'SeriesDescription',
] as const;

/** What two copies of one image share even where an archive gave the copy identifiers and numbers of its own. */
export const appearance = ({ studyInstanceUID, frame, attributes }: ImageRecord): string =>
  [studyInstanceUID, frame, ...distinguishing.map((keyword) => String(attributes[keyword] ?? ''))].join('\n');
