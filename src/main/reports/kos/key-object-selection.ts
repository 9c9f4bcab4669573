/** What an export made and what it is of, named in one Key Object Selection (PS3.3 A.35.4, TID 2010). Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { codes } from '../dicom/codes.ts';
import { evidenceOfPlaced, type PlacedReference } from '../dicom/evidence.ts';
import { type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import { markWords, sliceOfMark } from '../marks-on-images.ts';
import { NotMade } from '../not-made.ts';
import type { ReportedCase } from '../reported-case.ts';
import { code, composite, container, image, text } from '../sr/content-items.ts';

const isImage = ({ sopClassUID }: MadeObject): boolean =>
  sopClassUID === sopClasses.secondaryCapture || sopClassUID === sopClasses.parametricMap;

/** The slices that key images of the case were taken of, and those that somebody marked something on. */
const sourcesOf = (reported: ReportedCase): PlacedReference[] => {
  const { saved, images } = reported;
  const marked = (saved.marks ?? []).flatMap((mark) => {
    const sliceIndex = sliceOfMark(reported, mark);
    return sliceIndex === undefined ? [] : [{ seriesId: mark.seriesId, sliceIndex }];
  });
  const found = [...saved.keyImages, ...marked].flatMap(({ seriesId, sliceIndex }) => {
    const reference = images?.stacks.get(seriesId)?.[sliceIndex];
    const series = saved.study.series.find(({ id }) => id === seriesId);
    return reference && series ? [{ ...reference, seriesInstanceUID: series.seriesInstanceUID }] : [];
  });
  return [...new Map(found.map((reference) => [reference.sopInstanceUID, reference])).values()];
};

const description = ({ saved }: ReportedCase): string => {
  const marks = (saved.marks ?? []).map(markWords);
  return [
    'Objects that haicast made of this case. Research use only.',
    ...(isSimulatedCase(saved) ? ['Simulated patient.'] : []),
    ...(marks.length === 0 ? [] : [`Marks on its images: ${marks.join('; ')}.`]),
  ].join(' ');
};

/** Throws `NotMade` where there is nothing to name. */
export const keyObjectSelection = (reported: ReportedCase, made: readonly MadeObject[]): MadeObject => {
  const sources = sourcesOf(reported);
  if (made.length + sources.length === 0) throw new NotMade('nothing-to-name');
  return makeObject(reported, {
    sopClass: sopClasses.keyObjectSelection,
    series: { kind: 'kos', modality: 'KO', number: 9105, description: 'haicast: objects of the case' },
    instance: 1,
    hasPrivateCodes: false,
    content: {
      ...container(
        undefined,
        codes.forConference,
        [
          code('HAS CONCEPT MOD', codes.language, codes.english),
          text('CONTAINS', codes.keyObjectDescription, description(reported)),
          ...made.map((one) => (isImage(one) ? image('CONTAINS', one) : composite('CONTAINS', one))),
          ...sources.map((reference) => image('CONTAINS', reference)),
        ],
        '2010',
      ),
      ReferencedPerformedProcedureStepSequence: [],
      CurrentRequestedProcedureEvidenceSequence: evidenceOfPlaced(reported, [...made, ...sources]),
    },
  });
};
