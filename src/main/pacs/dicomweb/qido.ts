/** Searches by QIDO-RS (PS3.18 10.6). */
import { anyPart, dateRange, type FoundStudies, mostSeries, mostStudies, type PacsQuery } from '#shared/pacs/query.ts';
import { pixelTags, studyOf } from '../answer.ts';
import type { SeriesOfArchive } from '../archive.ts';
import type { PacsLimits } from '../limits.ts';
import { listStudy } from '../list-study.ts';
import { type JsonDataset, jsonAnswer, jsonDatasets } from './json.ts';
import type { DicomwebService } from './service.ts';

type Pair = readonly [name: string, value: string];

interface Asking {
  service: Pick<DicomwebService, 'ask'>;
  limits: PacsLimits;
  signal: AbortSignal;
}

const search = async (
  { service, limits, signal }: Asking,
  path: readonly string[],
  query: readonly Pair[],
): Promise<JsonDataset[]> =>
  jsonDatasets(
    await service.ask({ path, query, accept: 'application/dicom+json', mostBytes: limits.listBytes, signal }),
  );

const queryPairs = (query: PacsQuery): Pair[] => {
  const { patientName, patientId, modality, description, studyInstanceUID } = query;
  const date = dateRange(query);
  return [
    ...(patientName === undefined ? [] : [['PatientName', anyPart(patientName)] as const]),
    ...(patientId === undefined ? [] : [['PatientID', patientId] as const]),
    ...(date === undefined ? [] : [['StudyDate', date] as const]),
    ...(modality === undefined ? [] : [['ModalitiesInStudy', modality] as const]),
    ...(studyInstanceUID === undefined ? [] : [['StudyInstanceUID', studyInstanceUID] as const]),
    ...(description === undefined ? [] : [['StudyDescription', anyPart(description)] as const]),
  ];
};

/** Study Description, which archives need not give unasked (PS3.18 10.6.3.3). */
const studyFields: Pair[] = [['includefield', '00081030']];

export const findStudies = async (asking: Asking, query: PacsQuery): Promise<FoundStudies> => {
  const limit: Pair = ['limit', String(mostStudies + 1)];
  const found = await search(asking, ['studies'], [...queryPairs(query), ...studyFields, limit]);
  const studies = found.flatMap((dataset) => studyOf(jsonAnswer(dataset)) ?? []);
  return { studies: studies.slice(0, mostStudies), isMore: found.length > mostStudies };
};

/** Images that are asked for at once; archives may give fewer. */
const PAGE = 5_000;

const pixelFields: Pair[] = pixelTags.map((tag) => ['includefield', tag]);

/** Series of a study, with their images. Throws `pacs-too-many` for more than are fetched at once. */
export const seriesOfStudy = (asking: Asking, study: string): Promise<SeriesOfArchive[]> => {
  const under = (signal: AbortSignal) => ({ ...asking, signal });
  const lists = {
    atOnce: asking.limits.atOnce,
    series: async (signal: AbortSignal) => {
      const fields: Pair[] = [
        ['includefield', '0008103E'],
        ['limit', String(mostSeries)],
      ];
      return (await search(under(signal), ['studies', study, 'series'], fields)).map(jsonAnswer);
    },
    images: async (series: string, offset: number, signal: AbortSignal) => {
      const page: Pair[] = [
        ['limit', String(PAGE)],
        ['offset', String(offset)],
      ];
      const path = ['studies', study, 'series', series, 'instances'];
      const answers = (await search(under(signal), path, [...pixelFields, ...page])).map(jsonAnswer);
      return { answers, isLast: answers.length < PAGE };
    },
  };
  return listStudy(lists, asking.signal);
};
