/** One patient of `cohort.csv`: text in, checked values or a reason with line and column out. */

import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';
import { parseFactors } from '#shared/clinical/parse-factors.ts';
import { AppError } from '#shared/errors.ts';
import { type ResponseCriterion, responseCriterionSchema } from '#shared/model/manifest.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { CohortColumns, KnownColumn } from './cohort-columns.ts';

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

export interface CohortRow {
  line: number;
  id: string;
  /** Folder, zip or DICOMDIR, relative to the table. */
  study: string;
  centerMm: Vec3;
  diameterMm: number;
  /** Series ids that the table states. */
  roles: Partial<Record<ModelRole, string>>;
  factors: FactorValues;
  factorWarnings: string[];
  outcome: CohortOutcome;
  extra: Record<string, string>;
}

const plainDecimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** Throws `AppError('cohort-cell')` with line and column of the first cell that cannot be read. */
export const readRow = (cells: readonly string[], columns: CohortColumns, line: number): CohortRow => {
  const refuse = (column: string, text: string) =>
    new AppError('cohort-cell', `Line ${line}, column ${column}: ${text}`, { params: { line, column } });
  const cell = (name: KnownColumn): string => cells[columns.known.get(name) ?? -1]?.trim() ?? '';
  const number = (column: string, text: string): number => {
    if (plainDecimal.test(text)) return Number(text);
    throw refuse(column, `"${text}" is no number. Write digits with a decimal point.`);
  };
  const required = (name: KnownColumn): string => {
    const text = cell(name);
    if (text === '') throw refuse(name, 'it is empty.');
    return text;
  };
  const requiredNumber = (name: KnownColumn): number => number(name, required(name));
  const days = (name: KnownColumn): number | null => {
    const text = cell(name);
    if (text === '') return null;
    const value = number(name, text);
    if (value < 0) throw refuse(name, `${value} days lie before the start.`);
    return value;
  };
  const event = (name: KnownColumn): 0 | 1 | null => {
    const text = cell(name);
    if (text === '') return null;
    if (text === '0') return 0;
    if (text === '1') return 1;
    throw refuse(name, `"${text}" is neither 0 (censored) nor 1 (event).`);
  };
  const response = (): Response | null => {
    const text = cell('response');
    if (text === '') return null;
    const found = responses.find((one) => one === text.toUpperCase());
    if (found) return found;
    throw refuse('response', `"${text}" is none of ${responses.join(', ')}.`);
  };
  const criterion = (): ResponseCriterion | null => {
    const text = cell('criterion');
    if (text === '') return null;
    const found = responseCriterionSchema.safeParse(text);
    if (found.success) return found.data;
    throw refuse('criterion', `"${text}" is neither "RECIST 1.1" nor "mRECIST".`);
  };
  const date = (): string | null => {
    const text = cell('date');
    if (text === '') return null;
    if (isoDate.test(text) && !Number.isNaN(Date.parse(text))) return text;
    throw refuse('date', `"${text}" is no date like 2024-03-14.`);
  };

  const diameterMm = requiredNumber('lesion_diameter_mm');
  if (diameterMm <= 0) throw refuse('lesion_diameter_mm', `${diameterMm} mm is no diameter.`);
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
    throw refuse('criterion', 'a response needs its criterion: the two give different labels to the same patient.');
  }

  const raw: Record<string, unknown> = {};
  for (const { id, unit, index } of columns.factors) {
    const text = cells[index]?.trim() ?? '';
    if (text === '') continue;
    const value = plainDecimal.test(text) ? Number(text) : text;
    raw[id] = unit === undefined ? { value } : { value, unit };
  }
  const { values, errors, warnings } = parseFactors(raw);
  const [wrong] = errors;
  if (wrong) {
    throw refuse(columns.factors.find(({ id }) => id === wrong.factor)?.header ?? wrong.factor, wrong.text);
  }
  const factors = withLesionDiameter(values, diameterMm);

  const roles: CohortRow['roles'] = {};
  for (const { role, index } of columns.roles) {
    const seriesId = cells[index]?.trim() ?? '';
    if (seriesId !== '') roles[role] = seriesId;
  }
  return {
    line,
    id: required('id'),
    study: required('study'),
    centerMm: [requiredNumber('lesion_x'), requiredNumber('lesion_y'), requiredNumber('lesion_z')],
    diameterMm,
    roles,
    factors,
    factorWarnings: warnings.map(({ factor, code }) => `${factor}: ${code}`),
    outcome,
    extra: Object.fromEntries(columns.extra.map(({ header, index }) => [header, cells[index]?.trim() ?? ''])),
  };
};
