/** Every series of a study with its images, page by page, and no more of them than a study may have. */
import { mostInstances, mostSeries, plannedSeriesSchema, uidSchema } from '#shared/pacs/query.ts';
import { allOrNone } from './all-or-none.ts';
import { type Answer, countAt, imageOf, type ListedImage, textAt } from './answer.ts';
import type { SeriesOfArchive } from './archive.ts';
import { pacsError } from './errors.ts';
import { totalBytes } from './pixel-bytes.ts';

export interface StudyLists {
  series(signal: AbortSignal): Promise<Answer[]>;
  /** Those of one series behind the first `offset`; `isLast`: there are no more to be asked for. */
  images(series: string, offset: number, signal: AbortSignal): Promise<{ answers: Answer[]; isLast: boolean }>;
  /** Lists asked for at once. */
  atOnce: number;
}

/** What a study may still have: an archive lists no more than this is ready to hold. */
interface Room {
  images: number;
}

const tooMany = (n: number) => pacsError('pacs-too-many', { params: { n } });

/** Until a page brings nothing new: an archive may ignore where a page begins. */
const imagesOf = async (
  lists: StudyLists,
  { series, room, signal }: { series: string; room: Room; signal: AbortSignal },
): Promise<ListedImage[]> => {
  const known = new Map<string, ListedImage>();
  for (;;) {
    const { answers, isLast } = await lists.images(series, known.size, signal);
    const before = known.size;
    for (const image of answers.map(imageOf)) known.set(image.sopInstanceUID, image);
    room.images -= known.size - before;
    if (room.images < 0) throw tooMany(mostInstances);
    if (known.size === before || isLast) return [...known.values()];
  }
};

const seriesOf = async (
  lists: StudyLists,
  { answer, room, signal }: { answer: Answer; room: Room; signal: AbortSignal },
): Promise<SeriesOfArchive> => {
  const uid = uidSchema.safeParse(textAt(answer, '0020000E'));
  if (!uid.success) throw pacsError('pacs-answer');
  const images = await imagesOf(lists, { series: uid.data, room, signal });
  const planned = plannedSeriesSchema.safeParse({
    seriesInstanceUID: uid.data,
    number: countAt(answer, '00200011'),
    modality: textAt(answer, '00080060'),
    description: textAt(answer, '0008103E'),
    images: images.length,
    bytes: totalBytes(images),
  });
  if (!planned.success) throw pacsError('pacs-answer');
  return {
    ...planned.data,
    instances: images.map(({ sopInstanceUID }) => sopInstanceUID),
    sopClasses: [...new Set(images.flatMap(({ sopClassUID }) => sopClassUID ?? []))],
  };
};

/** Throws `pacs-too-many` for more than are fetched at once, `pacs-answer`. */
export const listStudy = async (lists: StudyLists, signal: AbortSignal): Promise<SeriesOfArchive[]> => {
  const found = await lists.series(signal);
  // An archive may say one twice, and may say more than it was asked for.
  const series = [...new Map(found.map((answer) => [textAt(answer, '0020000E'), answer])).values()];
  if (series.length > mostSeries) throw tooMany(mostSeries);
  const room: Room = { images: mostInstances };
  return await allOrNone(
    series.map((answer) => (ends) => seriesOf(lists, { answer, room, signal: ends })),
    { atOnce: lists.atOnce, signal },
  );
};
