/** Searches by C-FIND (PS3.4 C.4.1). */
import {
  anyPart,
  dateRange,
  type FoundStudies,
  mostInstances,
  mostSeries,
  mostStudies,
  type PacsQuery,
} from '#shared/pacs/query.ts';
import { type Answer, pixelTags, seriesTags, studyOf } from '../answer.ts';
import type { SeriesOfArchive } from '../archive.ts';
import { pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import { listStudy } from '../list-study.ts';
import type { Association } from './association.ts';
import { COMMAND, isPending, MEDIUM, SUCCESS, WITH_DATASET } from './command.ts';
import { answerOf, type Identifier, identifierBytes } from './identifier.ts';
import { statusError } from './status.ts';
import { STUDY_ROOT } from './uids.ts';

interface Asking {
  association: Association;
  limits: PacsLimits;
}

/** A data set that is held whole; throws `pacs-endless` beyond `most` bytes. */
const collected = async (dataset: AsyncIterable<Buffer>, most: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of dataset) {
    bytes += piece.length;
    if (bytes > most) throw pacsError('pacs-endless');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

/**
 * Answers to one query, the first `most` of them: where there is one more, the association is broken off, since the archive would
 * go on. Throws `pacs-not-offered`, `pacs-status`, `pacs-endless`, `pacs-answer`.
 */
const query = async (
  { association, limits }: Asking,
  identifier: Identifier,
  most: number,
): Promise<{ answers: Answer[]; isMore: boolean }> => {
  const context = association.contextOf(STUDY_ROOT.find);
  if (!context) throw pacsError('pacs-not-offered', { params: { service: 'C-FIND' } });
  const MessageID = association.nextMessageId();
  await association.send(
    context.id,
    {
      AffectedSOPClassUID: STUDY_ROOT.find,
      CommandField: COMMAND.findRequest,
      MessageID,
      Priority: MEDIUM,
      CommandDataSetType: WITH_DATASET,
    },
    [identifierBytes(identifier, context.transferSyntax)],
  );
  const answers: Answer[] = [];
  let bytes = 0;
  for (;;) {
    const message = await association.receive();
    if (!message) throw pacsError('pacs-broken-off');
    const { command, dataset } = message;
    const isAnswer = command.CommandField === COMMAND.findResponse && command.MessageIDBeingRespondedTo === MessageID;
    if (!isAnswer || command.Status === undefined) throw pacsError('pacs-answer', { detail: 'C-FIND' });
    if (command.Status === SUCCESS) return { answers, isMore: false };
    if (!isPending(command.Status)) throw statusError(command.Status);
    if (!dataset) throw pacsError('pacs-answer', { detail: 'C-FIND' });
    if (answers.length === most) {
      association.abort();
      return { answers, isMore: true };
    }
    const identified = await collected(dataset, limits.listBytes - bytes);
    bytes += identified.length;
    answers.push(answerOf(identified, message.context.transferSyntax));
  }
};

/** What is to be told of a study. */
const studyKeys: Identifier = Object.fromEntries(
  [
    '0020000D',
    '00100010',
    '00100020',
    '00100030',
    '00100040',
    '00080020',
    '00081030',
    '00080050',
    '00080061',
    '00201206',
    '00201208',
  ].map((tag) => [tag, '']),
);

const matching = ({
  patientName,
  patientId,
  modality,
  description,
  studyInstanceUID = '',
  ...days
}: PacsQuery): Identifier => ({
  '00080052': 'STUDY',
  ...studyKeys,
  '0020000D': studyInstanceUID,
  ...(patientName === undefined ? {} : { '00100010': anyPart(patientName) }),
  ...(patientId === undefined ? {} : { '00100020': patientId }),
  '00080020': dateRange(days) ?? '',
  ...(modality === undefined ? {} : { '00080061': modality }),
  ...(description === undefined ? {} : { '00081030': anyPart(description) }),
});

export const findStudies = async (asking: Asking, asked: PacsQuery): Promise<FoundStudies> => {
  const { answers, isMore } = await query(asking, matching(asked), mostStudies);
  return { studies: answers.flatMap((answer) => studyOf(answer) ?? []), isMore };
};

const empty = (tags: readonly string[]): Identifier => Object.fromEntries(tags.map((tag) => [tag, '']));

/** Series of a study, with their images. Throws `pacs-too-many` for more than are fetched at once. */
export const seriesOfStudy = (asking: Asking, study: string, signal: AbortSignal): Promise<SeriesOfArchive[]> => {
  const level = { '0020000D': study };
  const lists = {
    // One association answers one question after the other.
    atOnce: 1,
    series: async () => {
      const keys = { ...empty(seriesTags), '00080052': 'SERIES', ...level };
      const { answers, isMore } = await query(asking, keys, mostSeries);
      if (isMore) throw pacsError('pacs-too-many', { params: { n: mostSeries } });
      return answers;
    },
    images: async (series: string) => {
      const keys = {
        ...empty(['00080018', '00080016', ...pixelTags]),
        '00080052': 'IMAGE',
        ...level,
        '0020000E': series,
      };
      const { answers, isMore } = await query(asking, keys, mostInstances);
      if (isMore) throw pacsError('pacs-too-many', { params: { n: mostInstances } });
      return { answers, isLast: true };
    },
  };
  return listStudy(lists, signal);
};
