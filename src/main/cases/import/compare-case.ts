import { canonicalJson } from '#shared/canonical-json.ts';
import type { ImportedCase } from '#shared/cases/import.ts';
import type { ExportedCase } from '../export/export-tables.ts';
import { withoutPlaces } from './places-elsewhere.ts';

/**
 * Entries are numbered over a whole history, so that numbers alone tell nothing. Where the images lie is no part of a case: it
 * is linked to them anew on every computer.
 */
const textOf = (whole: ExportedCase): string => {
  const { course, board, readings, predictionOutdated, source: _source, ...one } = withoutPlaces(whole);
  return canonicalJson({
    ...one,
    predictionOutdated: predictionOutdated ?? false,
    course: course.map(({ sequence: _sequence, ...entry }) => entry),
    board: board.map(({ sequence: _sequence, ...entry }) => entry),
    readings: readings.map(({ sequence: _sequence, ...entry }) => entry),
  });
};

/** Pure: do both say the same, whatever history they are of? */
export const isSameCase = (a: ExportedCase, b: ExportedCase): boolean => textOf(a) === textOf(b);

export const stateOf = (
  found: ExportedCase,
  present: ExportedCase | undefined,
  isErased: boolean,
): ImportedCase['state'] => {
  if (isErased) return 'erased';
  if (!present) return 'new';
  if (present.trashedAt !== null && found.trashedAt === null) return 'trashed';
  return isSameCase(found, present) ? 'same' : 'different';
};
