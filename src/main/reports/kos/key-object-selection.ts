/** What an export made and what it is of, named in one Key Object Selection (PS3.3 A.35.4, TID 2010). Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { codes } from '../dicom/codes.ts';
import { evidenceOfPlaced, type PlacedReference } from '../dicom/evidence.ts';
import { type MadeObject, makeObject, sopClasses } from '../dicom/modules.ts';
import { NotMade } from '../not-made.ts';
import type { ReportedCase } from '../reported-case.ts';
import { code, composite, container, image, text } from '../sr/content-items.ts';

const isImage = ({ sopClassUID }: MadeObject): boolean =>
  sopClassUID === sopClasses.secondaryCapture || sopClassUID === sopClasses.parametricMap;

/** The slices that key images were taken of. */
const sourcesOf = ({ saved, images }: ReportedCase): PlacedReference[] => {
  const found = saved.keyImages.flatMap(({ seriesId, sliceIndex }) => {
    const reference = images?.stacks.get(seriesId)?.[sliceIndex];
    const series = saved.study.series.find(({ id }) => id === seriesId);
    return reference && series ? [{ ...reference, seriesInstanceUID: series.seriesInstanceUID }] : [];
  });
  return [...new Map(found.map((reference) => [reference.sopInstanceUID, reference])).values()];
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
          text(
            'CONTAINS',
            codes.keyObjectDescription,
            `Objects that haicast made of this case. Research use only.${isSimulatedCase(reported.saved) ? ' Simulated patient.' : ''}`,
          ),
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
