/** What an object refers to, by study and series (PS3.3 C.17.2.1). Pure. */
import type { Dataset } from '../../study/encode/dataset.ts';
import type { ImageReference, ReportedCase } from '../reported-case.ts';

/** An object of the case's study, with the series that it is in. */
export interface PlacedReference extends ImageReference {
  seriesInstanceUID: string;
}

/** The series of each image of the study; what is in none is not of the study. */
const placed = ({ saved, images }: ReportedCase, references: readonly ImageReference[]): PlacedReference[] => {
  const seriesOf = new Map(
    [...(images?.stacks ?? [])].flatMap(([stackId, list]) => {
      const series = saved.study.series.find(({ id }) => id === stackId)?.seriesInstanceUID;
      return series === undefined ? [] : list.map(({ sopInstanceUID }) => [sopInstanceUID, series] as const);
    }),
  );
  return references.flatMap((reference) => {
    const seriesInstanceUID = seriesOf.get(reference.sopInstanceUID);
    return seriesInstanceUID === undefined ? [] : [{ ...reference, seriesInstanceUID }];
  });
};

const bySeries = (references: readonly PlacedReference[]): [string, PlacedReference[]][] => [
  ...Map.groupBy(references, ({ seriesInstanceUID }) => seriesInstanceUID),
];

const referenced = (list: readonly PlacedReference[]): Dataset[] =>
  list.map(({ sopClassUID, sopInstanceUID }) => ({
    ReferencedSOPClassUID: sopClassUID,
    ReferencedSOPInstanceUID: sopInstanceUID,
  }));

export const evidenceOfPlaced = (
  { saved }: ReportedCase,
  references: readonly PlacedReference[],
): Dataset[] | undefined =>
  references.length === 0
    ? undefined
    : [
        {
          StudyInstanceUID: saved.study.studyInstanceUID,
          ReferencedSeriesSequence: bySeries(references).map(([SeriesInstanceUID, list]) => ({
            SeriesInstanceUID,
            ReferencedSOPSequence: referenced(list),
          })),
        },
      ];

/** Undefined where there is none: the sequence is not written then. */
export const evidenceOf = (reported: ReportedCase, references: readonly ImageReference[]): Dataset[] | undefined =>
  evidenceOfPlaced(reported, placed(reported, references));

/** The same of an image in the study that it is of (PS3.3 C.12.2). */
export const referencedSeries = (
  reported: ReportedCase,
  references: readonly ImageReference[],
): Dataset[] | undefined => {
  const found = placed(reported, references);
  return found.length === 0
    ? undefined
    : bySeries(found).map(([SeriesInstanceUID, list]) => ({
        SeriesInstanceUID,
        ReferencedInstanceSequence: referenced(list),
      }));
};
