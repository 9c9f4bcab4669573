/** From a header to one record per frame. */
import { createHash } from 'node:crypto';
import type { SeriesFacts } from '#shared/study/facts.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { ImageRecord } from '../records.ts';
import { personName } from '../text/person-name.ts';
import type { Header } from './header.ts';
import { otherObjectName } from './object-kind.ts';
import { checkPixelData, firstText, pixelDescription } from './pixel-description.ts';
import { Refusal } from './refusal.ts';

/**
 * Enhanced objects say the same in other attributes (PS3.3 C.8.13). The classic keyword is filled from them where the
 * object does not have it.
 */
const classicFromEnhanced: readonly [classic: string, enhanced: string][] = [
  ['EchoTime', 'EffectiveEchoTime'],
  ['InversionTime', 'InversionTimes'],
  ['TemporalPositionIdentifier', 'TemporalPositionIndex'],
  ['AcquisitionDateTime', 'FrameAcquisitionDateTime'],
  ['EchoTrainLength', 'RFEchoTrainLength'],
];

const withClassicKeywords = (facts: SeriesFacts): SeriesFacts => {
  for (const [classic, enhanced] of classicFromEnhanced) {
    if (facts[classic] === undefined && facts[enhanced] !== undefined) facts[classic] = facts[enhanced];
  }
  // What a frame says comes before what its object says: ImageType of the object may be MIXED.
  if (facts.FrameType !== undefined) facts.ImageType = facts.FrameType;
  if (facts.FrameAcquisitionNumber !== undefined) facts.AcquisitionNumber = facts.FrameAcquisitionNumber;
  return facts;
};

const patientIdentity = (attributes: SeriesFacts): PatientIdentity => {
  const { display, groups } = personName(firstText(attributes.PatientName) ?? '');
  const birthDate = firstText(attributes.PatientBirthDate);
  const sex = firstText(attributes.PatientSex);
  const issuer = firstText(attributes.IssuerOfPatientID);
  return {
    patientName: display,
    ...(Object.keys(groups).length > 0 ? { nameGroups: groups } : {}),
    patientId: firstText(attributes.PatientID) ?? '',
    ...(issuer ? { issuer } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(sex ? { sex } : {}),
  };
};

const isMosaic = (attributes: SeriesFacts): boolean => {
  const type = attributes.ImageType;
  return Array.isArray(type) && type.includes('MOSAIC');
};

/** Throws a `Refusal` where the object holds no image that can be shown and measured. */
const refuseOtherObjects = (header: Header): void => {
  const { attributes } = header;
  const sopClass = firstText(attributes.SOPClassUID) ?? header.mediaStorageClass;
  const modality = firstText(attributes.Modality);
  const other = otherObjectName(sopClass, modality);
  if (other) throw new Refusal('not-an-image', refusalSentence('other-object', { object: other }));
  if (!header.pixelData) {
    const reason = modality ? refusalSentence('no-pixels-modality', { modality }) : refusalSentence('no-pixels');
    throw new Refusal('not-an-image', reason);
  }
  if (isMosaic(attributes)) {
    throw new Refusal('mosaic', refusalSentence('mosaic'));
  }
};

/** Where a record comes from: its file's name, and its index in the input. */
export type Origin = Pick<ImageRecord, 'file' | 'source'>;

/** Stands in for a missing UID. Hashed, since file names may hold a patient's name and series ids go into URLs. */
const localIdentifier = ({ file, source }: Origin): string =>
  `no-uid-${createHash('sha256').update(`${source}:${file}`).digest('hex').slice(0, 32)}`;

/**
 * The records of one object. `size` is what the pixel data's offsets are measured against.
 * A file without UIDs stands alone: it is grouped with nothing.
 */
export const imageRecords = (origin: Origin, header: Header, size: number): ImageRecord[] => {
  refuseOtherObjects(header);
  const { attributes, shared, perFrame, pixelData } = header;
  const pixels = pixelDescription(attributes);
  if (pixelData) checkPixelData(pixels, pixelData, header.syntax, size - pixelData.start);
  if (perFrame.length > 0 && perFrame.length !== pixels.frames) {
    throw new Refusal(
      'malformed',
      refusalSentence('frame-count', { frames: pixels.frames, described: perFrame.length }),
    );
  }
  const patient = patientIdentity(header.identity);
  const issuer = firstText(header.identity.IssuerOfPatientID);
  const isEnhanced = perFrame.length > 0 || Object.keys(shared).length > 0;
  const record = (frame: number, facts: SeriesFacts): ImageRecord => ({
    ...origin,
    frame,
    sopClassUID: firstText(attributes.SOPClassUID) ?? header.mediaStorageClass ?? '',
    sopInstanceUID: firstText(attributes.SOPInstanceUID) ?? localIdentifier(origin),
    studyInstanceUID: firstText(attributes.StudyInstanceUID) ?? localIdentifier(origin),
    seriesInstanceUID: firstText(attributes.SeriesInstanceUID) ?? localIdentifier(origin),
    patient,
    ...(issuer ? { issuerOfPatientId: issuer } : {}),
    attributes: facts,
  });
  attributes.TransferSyntaxUID = header.syntax.uid;
  if (!isEnhanced) return Array.from({ length: pixels.frames }, (_, frame) => record(frame, attributes));
  const common: SeriesFacts = { ...attributes, ...shared };
  return Array.from({ length: pixels.frames }, (_, frame) =>
    record(frame, withClassicKeywords({ ...common, ...perFrame[frame] })),
  );
};
