/** A key image as Secondary Capture (PS3.3 A.8.1), with the banner below it. Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import { bannerOf } from '#shared/model/banner.ts';
import { holdsIdentity, wordsOf } from '../../study/deidentify/identity-words.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { codes } from '../dicom/codes.ts';
import { compactDate, compactTime } from '../dicom/date-time.ts';
import { type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import { withBannerStrip } from '../pixels/banner-strip.ts';
import type { Pixels } from '../pixels/picture-pixels.ts';
import type { ReportedCase } from '../reported-case.ts';
import { codeItem } from '../sr/content-items.ts';

/** Pictures that may leave: with a map only under the prediction that is shown. */
export const keyImagesToLeave = ({ saved, prediction }: ReportedCase): KeyImage[] => {
  const shown = prediction.state === 'shown' ? prediction.prediction.id : undefined;
  return saved.keyImages.filter(({ predictionId }) => predictionId === undefined || predictionId === shown);
};

const bannerWords = (reported: ReportedCase, { predictionId }: KeyImage): string => {
  const { prediction } = reported;
  const model = 'prediction' in prediction ? prediction.prediction.model : undefined;
  return [
    (model && bannerOf(model.status)) ?? 'Research use only; not for clinical use.',
    ...(isSimulatedCase(reported.saved) ? ['Simulated patient.'] : []),
    ...(predictionId === undefined ? [] : ['Colours: evidence for response; no finding.']),
  ].join(' ');
};

const sourceOf = ({ images }: ReportedCase, { seriesId, sliceIndex }: KeyImage): Dataset => {
  const reference = images?.stacks.get(seriesId)?.[sliceIndex];
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

/** `number`: from 1, of this picture among those that leave. */
export const secondaryCapture = (
  reported: ReportedCase,
  keyImage: KeyImage,
  { pixels, number }: { pixels: Pixels; number: number },
): MadeObject => {
  const { width, height, rgb } = withBannerStrip(pixels, bannerWords(reported, keyImage));
  const taken = new Date(keyImage.takenAt);
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
      DerivationDescription: `Key image, ${keyImage.role}${keyImage.predictionId === undefined ? '' : ', with evidence map'}`,
      ImageComments: bannerWords(reported, keyImage),
      BurnedInAnnotation: isNamed(reported) ? 'YES' : 'NO',
      // Kept in WebP, which loses a little.
      LossyImageCompression: keyImage.mediaType === 'image/webp' ? '01' : '00',
      ...sourceOf(reported, keyImage),
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
