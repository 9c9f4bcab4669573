/** Cells of a table of patients as checked values, or a refusal with line and column. */
import { isCalendarDate } from '../clinical/calendar-date.ts';
import type { FactorProblem, FactorProblemCode } from '../clinical/factor-problem.ts';
import type { FactorValues } from '../clinical/factor-values.ts';
import { parseFactors } from '../clinical/parse-factors.ts';
import { AppError } from '../errors.ts';
import { type ResponseCriterion, responseCriterionSchema } from '../model/manifest.ts';
import type { FactorColumn, OutcomeColumn } from './outcome-columns.ts';

export const responses = ['CR', 'PR', 'SD', 'PD'] as const;
export type Response = (typeof responses)[number];

export interface CohortOutcome {
  response: Response | null;
  criterion: ResponseCriterion | null;
  split: string | null;
  /** ISO 8601 date. */
  date: string | null;
  osDays: number | null;
  osEvent: 0 | 1 | null;
  pfsDays: number | null;
  pfsEvent: 0 | 1 | null;
}

const plainDecimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a cell, for the words of another language; of a factor, what the factor's own check said. */
export type CellProblem =
  | { readonly cell: CellProblemCode; readonly value?: string | number }
  | { readonly factorProblem: FactorProblemCode; readonly params: FactorProblem['params'] };
export type CellProblemCode =
  | 'not-a-number'
  | 'before-start'
  | 'not-an-event'
  | 'not-a-response'
  | 'not-a-criterion'
  | 'criterion-needed'
  | 'not-a-date'
  | 'day-needed'
  | 'empty'
  | 'not-a-sex'
  | 'not-a-diameter'
  | 'repeated'
  | 'other-person'
  | 'other-person-kept'
  | 'born-later'
  | 'in-future'
  | 'digits-lost'
  | 'formula'
  | 'cell-error';

const wordsOf = (problem: CellProblem | undefined): Record<string, string | number> => {
  if (!problem) return {};
  if ('cell' in problem) return { ...problem };
  return { ...problem.params, factorProblem: problem.factorProblem };
};

export const cellRefusal = (line: number, column: string, text: string, problem?: CellProblem): AppError =>
  new AppError('cohort-cell', `Line ${line}, column ${column}: ${text}`, {
    params: { ...wordsOf(problem), line, column },
  });

/** Throws `cohort-cell` where the text is no plain decimal number. */
export const numberCell = (line: number, column: string, text: string): number => {
  if (plainDecimal.test(text)) return Number(text);
  throw cellRefusal(line, column, `"${text}" is no number. Write digits with a decimal point.`, {
    cell: 'not-a-number',
    value: text,
  });
};

/**
 * Throws `cohort-cell` naming the first cell that cannot be read.
 * @param cell trimmed text of a column, empty where there is none
 * @param headerOf what a column is called in the file
 */
export const readOutcome = (
  cell: (name: OutcomeColumn) => string,
  line: number,
  headerOf: (name: OutcomeColumn) => string = (name) => name,
): CohortOutcome => {
  const refuse = (column: OutcomeColumn, cellProblem: CellProblemCode, value: string | number, text: string) =>
    cellRefusal(line, headerOf(column), text, { cell: cellProblem, value });
  const days = (name: OutcomeColumn): number | null => {
    const text = cell(name);
    if (text === '') return null;
    const value = numberCell(line, headerOf(name), text);
    if (value < 0) throw refuse(name, 'before-start', value, `${value} days lie before the start.`);
    return value;
  };
  const event = (name: OutcomeColumn): 0 | 1 | null => {
    const text = cell(name);
    if (text === '') return null;
    if (text === '0') return 0;
    if (text === '1') return 1;
    throw refuse(name, 'not-an-event', text, `"${text}" is neither 0 (censored) nor 1 (event).`);
  };
  const response = (): Response | null => {
    const text = cell('response');
    if (text === '') return null;
    const found = responses.find((one) => one === text.toUpperCase());
    if (found) return found;
    throw refuse('response', 'not-a-response', text, `"${text}" is none of ${responses.join(', ')}.`);
  };
  const criterion = (): ResponseCriterion | null => {
    const text = cell('criterion');
    if (text === '') return null;
    const found = responseCriterionSchema.safeParse(text);
    if (found.success) return found.data;
    throw refuse('criterion', 'not-a-criterion', text, `"${text}" is neither "RECIST 1.1" nor "mRECIST".`);
  };
  const date = (): string | null => {
    const text = cell('date');
    if (text === '') return null;
    if (isoDay.test(text) && isCalendarDate(text)) return text;
    throw refuse('date', 'not-a-date', text, `"${text}" is no date like 2024-03-14.`);
  };
  const outcome: CohortOutcome = {
    response: response(),
    criterion: criterion(),
    split: cell('split') || null,
    date: date(),
    osDays: days('os_days'),
    osEvent: event('os_event'),
    pfsDays: days('pfs_days'),
    pfsEvent: event('pfs_event'),
  };
  if (outcome.response && !outcome.criterion) {
    throw refuse(
      'criterion',
      'criterion-needed',
      '',
      'a response needs its criterion: the two give different labels to the same patient.',
    );
  }
  return outcome;
};

export interface FactorCell extends FactorColumn {
  readonly header: string;
  /** Trimmed; empty: missing. */
  readonly text: string;
}

/** Throws `cohort-cell` where a factor is refused. */
export const readFactorCells = (
  cells: readonly FactorCell[],
  line: number,
): { factors: FactorValues; factorWarnings: string[] } => {
  const raw: Record<string, unknown> = {};
  for (const { id, unit, text } of cells) {
    if (text === '') continue;
    const value = plainDecimal.test(text) ? Number(text) : text;
    raw[id] = unit === undefined ? { value } : { value, unit };
  }
  const { values, errors, warnings } = parseFactors(raw);
  const [wrong] = errors;
  if (wrong) {
    const { factor, text, code, params } = wrong;
    const header = cells.find(({ id }) => id === factor)?.header ?? factor;
    throw cellRefusal(line, header, text, { factorProblem: code, params });
  }
  return { factors: values, factorWarnings: warnings.map(({ factor, code }) => `${factor}: ${code}`) };
};
