import { canonicalJson } from '#shared/canonical-json.ts';
import type { ImportedCase } from '#shared/cases/import.ts';
import type { ExportedCase } from '../export/export-tables.ts';

/** Entries are numbered over a whole history, so that numbers alone tell nothing. */
const textOf = ({ course, board, predictionOutdated, ...one }: ExportedCase): string =>
  canonicalJson({
    ...one,
    predictionOutdated: predictionOutdated ?? false,
    course: course.map(({ sequence: _sequence, ...entry }) => entry),
    board: board.map(({ sequence: _sequence, ...entry }) => entry),
  });

/** Pure: do both say the same, whatever history they are of? */
export const isSameCase = (a: ExportedCase, b: ExportedCase): boolean => textOf(a) === textOf(b);

export const stateOf = (
  found: ExportedCase,
  present: ExportedCase | undefined,
  isErased: boolean,
): ImportedCase['state'] => {
  if (isErased) return 'erased';
  if (!present) return 'new';
  return isSameCase(found, present) ? 'same' : 'different';
};
