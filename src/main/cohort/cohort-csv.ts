import { AppError } from '#shared/errors.ts';
import { assertFits, tableLines } from '#shared/table-lines.ts';
import { type CohortColumns, readColumns } from './cohort-columns.ts';
import { type CohortRow, readRow } from './cohort-row.ts';

export interface RefusedPatient {
  line: number;
  id: string;
  code: string;
  reason: string;
}

export interface Cohort {
  columns: CohortColumns;
  rows: CohortRow[];
  /** Lines that cannot be read. They stop nobody else. */
  refused: RefusedPatient[];
}

/** Refuses a cohort in which two criteria label the response: they label the same patient differently. */
const assertOneCriterion = (rows: readonly CohortRow[]): void => {
  const criteria = [...new Set(rows.flatMap(({ outcome }) => outcome.criterion ?? []))];
  if (criteria.length > 1) {
    throw new AppError(
      'mixed-criteria',
      `The cohort mixes ${criteria.join(' and ')}. They give different labels to the same patient: use one table per criterion.`,
    );
  }
};

/**
 * `cohort.csv` (comma, semicolon or tab; UTF-8) as checked rows. A header that does not fit refuses the table
 * (`cohort-header`, `cohort-empty`, `mixed-criteria`); a line that does not fit refuses its patient.
 */
export const readCohort = (text: string): Cohort => {
  const { header, lines } = tableLines(text);
  if (header.length < 2 && header.every((cell) => cell === '')) {
    throw new AppError('cohort-empty', 'The cohort table is empty. See docs/model-package.md for the template.');
  }
  const columns = readColumns(header);
  const cohort: Cohort = { columns, rows: [], refused: [] };
  const lineOfId = new Map<string, number>();
  for (const one of lines) {
    const { line, cells } = one;
    const id = cells[columns.known.get('id') ?? -1] ?? '';
    try {
      assertFits(one, header);
      const before = lineOfId.get(id);
      if (before !== undefined) {
        throw new AppError('cohort-cell', `Line ${line}, column id: "${id}" is already the patient of line ${before}.`);
      }
      cohort.rows.push(readRow(cells, columns, line));
      lineOfId.set(id, line);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      cohort.refused.push({ line, id, code: error.code, reason: error.message });
    }
  }
  assertOneCriterion(cohort.rows);
  return cohort;
};
