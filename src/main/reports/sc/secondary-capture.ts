/** A key image as Secondary Capture (PS3.3 A.8.1), with the banner below it. Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { bannerOf } from '#shared/model/banner.ts';
import { holdsIdentity, wordsOf } from '../../study/deidentify/identity-words.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { codes } from '../dicom/codes.ts';
import { compactDate, compactTime } from '../dicom/date-time.ts';
import { type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import type { LeavingPicture } from '../leaving-pictures.ts';
import { marksOn, markWords } from '../marks-on-images.ts';
import { withBannerStrip } from '../pixels/banner-strip.ts';
import type { Pixels } from '../pixels/picture-pixels.ts';
import type { ReportedCase } from '../reported-case.ts';
import { codeItem } from '../sr/content-items.ts';

/** Characters of Long Text (PS3.5 6.2). */
const LONG_TEXT = 10_240;

const bannerWords = (reported: ReportedCase, { predictionId }: LeavingPicture): string => {
  const { prediction } = reported;
  const model = 'prediction' in prediction ? prediction.prediction.model : undefined;
  return [
    (model && bannerOf(model.status)) ?? 'Research use only; not for clinical use.',
    ...(isSimulatedCase(reported.saved) ? ['Simulated patient.'] : []),
    ...(predictionId === undefined ? [] : ['Colours: evidence for response; no finding.']),
  ].join(' ');
};

/** The images of a follow-up are of another study, whose files are not read. */
const sourceOf = ({ images }: ReportedCase, { seriesId, sliceIndex, visit }: LeavingPicture): Dataset => {
  const reference = visit === undefined ? images?.stacks.get(seriesId)?.[sliceIndex] : undefined;
  if (!reference) return {};
  return {
    SourceImageSequence: [
      {
        ReferencedSOPClassUID: reference.sopClassUID,
        ReferencedSOPInstanceUID: reference.sopInstanceUID,
        ReferencedFrameNumber: reference.frame,
        PurposeOfReferenceCodeSequence: [codeItem(codes.sourceImage)],
      },
    ],
  };
};

/**
 * The banner is in the pixels, and what a person wrote beside lesions and marks. It identifies the patient (PS3.3 C.7.6.1.1.3) where
 * somebody wrote a word of the name or the ID there.
 */
const isNamed = ({ saved }: ReportedCase): boolean => {
  const { patientName, patientId } = saved.study.patient;
  const identity = new Set([patientName, patientId].flatMap(wordsOf));
  const written = [
    ...saved.lesions.flatMap(({ label, comment = '' }) => [label, comment]),
    ...(saved.marks ?? []).map(({ comment = '' }) => comment),
  ];
  return written.some((words) => holdsIdentity(words, identity));
};

const whatItIs = ({ role, visit, lesionId, predictionId }: LeavingPicture): string =>
  [
    `Key image, ${role}`,
    ...(visit === undefined ? [] : [`follow-up of ${visit}`]),
    ...(lesionId === undefined ? [] : [`at lesion ${lesionId}`]),
    ...(predictionId === undefined ? [] : ['with evidence map']),
  ].join(', ');

/** The banner, then what is marked on its slice, and of which day it is where that is not the day of the study. */
const comments = (reported: ReportedCase, picture: LeavingPicture): string => {
  const marks = marksOn(reported, picture).map(markWords);
  return [
    bannerWords(reported, picture),
    ...(picture.visit === undefined ? [] : [`Images of ${picture.visit}; the study named here is that of the case.`]),
    ...(marks.length === 0 ? [] : [`Marks: ${marks.join('; ')}.`]),
  ]
    .join(' ')
    .slice(0, LONG_TEXT);
};

/** `number`: from 1, of this picture among those that leave. */
export const secondaryCapture = (
  reported: ReportedCase,
  picture: LeavingPicture,
  { pixels, number }: { pixels: Pixels; number: number },
): MadeObject => {
  const { width, height, rgb } = withBannerStrip(pixels, bannerWords(reported, picture));
  const taken = new Date(picture.takenAt);
  return makeObject(reported, {
    sopClass: sopClasses.secondaryCapture,
    series: { kind: 'sc', modality: 'OT', number: 9103, description: 'haicast key images' },
    instance: number,
    hasPrivateCodes: false,
    content: {
      ConversionType: 'WSD',
      // An unpaired part of the body: then no side is asked for.
      BodyPartExamined: 'LIVER',
      DateOfSecondaryCapture: compactDate(taken),
      TimeOfSecondaryCapture: compactTime(taken),
      ImageType: ['DERIVED', 'SECONDARY'],
      PatientOrientation: '',
      AcquisitionDate: picture.visit === undefined ? undefined : compactDate(picture.visit),
      DerivationDescription: whatItIs(picture),
      ImageComments: comments(reported, picture),
      BurnedInAnnotation: isNamed(reported) ? 'YES' : 'NO',
      // Kept in WebP, which loses a little.
      LossyImageCompression: picture.mediaType === 'image/webp' ? '01' : '00',
      ...sourceOf(reported, picture),
      SamplesPerPixel: 3,
      PhotometricInterpretation: 'RGB',
      PlanarConfiguration: 0,
      Rows: height,
      Columns: width,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      PixelData: rgb,
    },
  });
};
