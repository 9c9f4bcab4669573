/** Searches by QIDO-RS (PS3.18 10.6). */
import {
  anyPart,
  dateRange,
  type FoundStudies,
  type FoundStudy,
  foundStudySchema,
  mostInstances,
  mostSeries,
  mostStudies,
  type PacsQuery,
  plannedSeriesSchema,
  uidSchema,
} from '#shared/pacs/query.ts';
import { allOrNone } from '../all-or-none.ts';
import type { SeriesOfArchive } from '../archive.ts';
import { pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import { pixelBytes, totalBytes } from '../pixel-bytes.ts';
import { countAt, type JsonDataset, jsonDatasets, textAt, textsOf } from './json.ts';
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
  const { patientName, patientId, modality, description } = query;
  const date = dateRange(query);
  return [
    ...(patientName === undefined ? [] : [['PatientName', anyPart(patientName)] as const]),
    ...(patientId === undefined ? [] : [['PatientID', patientId] as const]),
    ...(date === undefined ? [] : [['StudyDate', date] as const]),
    ...(modality === undefined ? [] : [['ModalitiesInStudy', modality] as const]),
    ...(description === undefined ? [] : [['StudyDescription', anyPart(description)] as const]),
  ];
};

/** Study Description, which archives need not give unasked (PS3.18 10.6.3.3). */
const studyFields: Pair[] = [['includefield', '00081030']];

/** Undefined for an answer without a proper UID: nothing could be asked about it. */
const studyOf = (dataset: JsonDataset): FoundStudy | undefined => {
  const parsed = foundStudySchema.safeParse({
    studyInstanceUID: textAt(dataset, '0020000D'),
    patientName: textAt(dataset, '00100010'),
    patientId: textAt(dataset, '00100020'),
    birthDate: textAt(dataset, '00100030'),
    sex: textAt(dataset, '00100040'),
    date: textAt(dataset, '00080020'),
    description: textAt(dataset, '00081030'),
    accessionNumber: textAt(dataset, '00080050'),
    modalities: textsOf(dataset, '00080061'),
    series: countAt(dataset, '00201206'),
    images: countAt(dataset, '00201208'),
  });
  return parsed.success ? parsed.data : undefined;
};

export const findStudies = async (asking: Asking, query: PacsQuery): Promise<FoundStudies> => {
  const limit: Pair = ['limit', String(mostStudies + 1)];
  const found = await search(asking, ['studies'], [...queryPairs(query), ...studyFields, limit]);
  const studies = found.flatMap((dataset) => studyOf(dataset) ?? []);
  return { studies: studies.slice(0, mostStudies), isMore: found.length > mostStudies };
};

/** Images that are asked for at once; archives may give fewer. */
const PAGE = 5_000;

/** What tells how large the pixels of an image are. */
const pixelFields: Pair[] = ['00280010', '00280011', '00280100', '00280002', '00280008'].map((tag) => [
  'includefield',
  tag,
]);

interface Instance {
  uid: string;
  bytes: number | undefined;
}

const instanceOf = (dataset: JsonDataset): Instance => {
  const uid = uidSchema.safeParse(textAt(dataset, '00080018'));
  if (!uid.success) throw pacsError('pacs-answer');
  return {
    uid: uid.data,
    bytes: pixelBytes({
      rows: countAt(dataset, '00280010'),
      columns: countAt(dataset, '00280011'),
      bitsAllocated: countAt(dataset, '00280100'),
      samples: countAt(dataset, '00280002'),
      frames: countAt(dataset, '00280008'),
    }),
  };
};

/** What a study may still have: an archive lists no more than this is ready to hold. */
interface Room {
  images: number;
}

const tooMany = (n: number) => pacsError('pacs-too-many', { params: { n } });

/** Page by page, until one brings nothing new: an archive may ignore where a page begins. */
const instancesOf = async (
  asking: Asking,
  { study, series, room }: { study: string; series: string; room: Room },
): Promise<Instance[]> => {
  const known = new Map<string, Instance>();
  for (;;) {
    const pages: Pair[] = [
      ['limit', String(PAGE)],
      ['offset', String(known.size)],
    ];
    const path = ['studies', study, 'series', series, 'instances'];
    const page = (await search(asking, path, [...pixelFields, ...pages])).map(instanceOf);
    const before = known.size;
    for (const instance of page) known.set(instance.uid, instance);
    room.images -= known.size - before;
    if (room.images < 0) throw tooMany(mostInstances);
    if (known.size === before || page.length < PAGE) return [...known.values()];
  }
};

const seriesOf = async (
  asking: Asking,
  { study, dataset, room }: { study: string; dataset: JsonDataset; room: Room },
): Promise<SeriesOfArchive> => {
  const uid = uidSchema.safeParse(textAt(dataset, '0020000E'));
  if (!uid.success) throw pacsError('pacs-answer');
  const instances = await instancesOf(asking, { study, series: uid.data, room });
  const planned = plannedSeriesSchema.safeParse({
    seriesInstanceUID: uid.data,
    number: countAt(dataset, '00200011'),
    modality: textAt(dataset, '00080060'),
    description: textAt(dataset, '0008103E'),
    images: instances.length,
    bytes: totalBytes(instances),
  });
  if (!planned.success) throw pacsError('pacs-answer');
  return { ...planned.data, instances: instances.map((instance) => instance.uid) };
};

/** Series of a study, with their images. Throws `pacs-too-many` for more than are fetched at once. */
export const seriesOfStudy = async (asking: Asking, study: string): Promise<SeriesOfArchive[]> => {
  const found = await search(
    asking,
    ['studies', study, 'series'],
    [
      ['includefield', '0008103E'],
      ['limit', String(mostSeries)],
    ],
  );
  // An archive may say one twice, and may say more than it was asked for.
  const series = [...new Map(found.map((dataset) => [textAt(dataset, '0020000E'), dataset])).values()];
  if (series.length > mostSeries) throw tooMany(mostSeries);
  const room: Room = { images: mostInstances };
  const { limits, signal } = asking;
  return await allOrNone(
    series.map((dataset) => (ends) => seriesOf({ ...asking, signal: ends }, { study, dataset, room })),
    { atOnce: limits.atOnce, signal },
  );
};
