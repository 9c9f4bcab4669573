/** Every reading of an ended study as rows of a table, unrounded, for a program of ours or anybody's. Pure. */
import { notRun } from '../tables/formula.ts';
import type { Rows } from '../tables/write-csv.ts';
import type { StudyResults } from './study-results.ts';

const HEADER =
  'study case criterion response excluded model modelExcluded simulated reader counted reading probability confidence seconds pauses comment';

export const readingRows = ({ name, criterion, simulated, readers, cases }: StudyResults): Rows => [
  HEADER.split(' '),
  ...cases.flatMap((one) =>
    readers.flatMap((reader) =>
      (['first', 'second'] as const).flatMap((kind) => {
        const reading = one.readings[reader.key]?.[kind];
        if (!reading) return [];
        const { probability, confidence, seconds, pauses, comment } = reading;
        return [
          [
            ...[notRun(name), String(one.number), criterion, one.response ?? '', one.excluded ?? ''],
            ...[one.model === null ? '' : String(one.model), one.modelExcluded ?? '', simulated ? 'yes' : 'no'],
            ...[notRun(reader.name), reader.finished && !reader.left ? 'yes' : 'broken off', kind],
            ...[String(probability), String(confidence), String(seconds), String(pauses), notRun(comment)],
          ],
        ];
      }),
    ),
  ),
];
