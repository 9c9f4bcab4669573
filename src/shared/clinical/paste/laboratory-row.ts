/** One result as it stands in a table or a message, before anybody has taken it. */
import { isCalendarDate, normaliseDate } from '../calendar-date.ts';
import { checkEntry } from '../check-entry.ts';
import type { FactorProblem } from '../factor-problem.ts';
import { factorDefinition } from '../factor-table.ts';
import type { FactorEntry, FactorId } from '../factor-values.ts';

export interface LaboratoryRow {
  /** The line it came from, counted from 1. */
  readonly line: number;
  /** What the laboratory calls it. */
  readonly name: string;
  /** Value, unit and sign as they were written. */
  readonly written: string;
  /** The laboratory's own mark, e.g. `H`. */
  readonly flag: string;
  /** Undefined where the name is not recognised: such a row is shown and cannot be taken. */
  readonly factor?: FactorId;
  /** What would be kept; absent where it is refused. */
  readonly entry?: FactorEntry;
  readonly errors: readonly FactorProblem[];
  readonly warnings: readonly FactorProblem[];
}

const positive = /^(?:\+|pos|positive|reactive|detected|阳性|阳)\+*$/i;
const negative = /^(?:-|−|neg|negative|nonreactive|non-reactive|not detected|阴性|阴)-*$/i;

/** The options that a laboratory's word stands for; a number says nothing about an option. */
const optionOf = (factor: FactorId, word: string): string => {
  const plain = word.normalize('NFKC').replace(/[()]/g, '').trim();
  if (negative.test(plain)) return 'negative';
  if (positive.test(plain)) return factor === 'hcv' ? 'anti-hcv' : 'positive';
  return word;
};

export interface RawResult {
  readonly line: number;
  readonly name: string;
  readonly factor?: FactorId | undefined;
  readonly value: string;
  readonly unit?: string | undefined;
  readonly flag?: string | undefined;
  readonly date?: string | undefined;
}

/** Checks a result as if it had been typed. Nothing is kept: that is for a person to say. */
export const laboratoryRow = ({
  line,
  name,
  factor,
  value,
  unit = '',
  flag = '',
  date = '',
}: RawResult): LaboratoryRow => {
  const common = { line, name, written: `${value} ${unit}`.trim(), flag };
  if (factor === undefined) return { ...common, errors: [], warnings: [] };
  const definition = factorDefinition(factor);
  const day = normaliseDate(date);
  const checked = checkEntry(definition, {
    value: definition.kind === 'choice' ? optionOf(factor, value) : value,
    ...(definition.kind === 'measured' && unit.trim() ? { unit: unit.trim() } : {}),
    ...(isCalendarDate(day) ? { date: day } : {}),
  });
  return { ...common, factor, ...checked };
};
