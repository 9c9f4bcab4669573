/** Whether one factor's entry can be kept: shape, unit, option, physiologic limits; with the reason where it cannot. */
import { isCalendarDate } from './calendar-date.ts';
import { checkRange, rangesInUnit, within } from './check-range.ts';
import { type CountFactor, canonicalUnit, type FactorDefinition, type MeasuredFactor } from './factor-definition.ts';
import { type FactorProblem, factorProblem, type Repair } from './factor-problem.ts';
import type { FactorEntry } from './factor-values.ts';
import { comparatorSign, type QuantityText, readQuantity } from './read-quantity.ts';
import { isUnit, normaliseUnit, unitOption } from './units.ts';

export interface CheckedEntry {
  /** Absent where the entry is refused. */
  readonly entry?: FactorEntry;
  readonly errors: readonly FactorProblem[];
  readonly warnings: readonly FactorProblem[];
}

type NumberEntry = FactorEntry & { value: number };
type Params = Readonly<Record<string, string | number>>;

/** Weights of one IU of AFP that a laboratory may state; published factors are 0.83 and 1.21. */
const ngPerIURange = { low: 0.5, high: 2 };

const refuse = (problem: FactorProblem): CheckedEntry => ({ errors: [problem], warnings: [] });

const unitNames = (factor: MeasuredFactor): string => factor.units.map((option) => option.unit).join(', ');

/** Those among `candidates` that could be kept as they are, without a doubt about their unit. */
const acceptable = (factor: FactorDefinition, candidates: readonly FactorEntry[]): Repair[] =>
  candidates.filter((one) => {
    const { entry, warnings } = checkEntry(factor, one);
    return entry !== undefined && warnings.every(({ params }) => !('hint' in params));
  });

const notANumber = (factor: FactorDefinition, value: string | number): FactorProblem => {
  const text = `${factor.label} needs a number; "${value}" is none. Enter digits with a point.`;
  return factorProblem(factor.id, 'not-a-number', text, { value: String(value) });
};

const ambiguous = (factor: FactorDefinition, entry: FactorEntry, values: QuantityText['values']): FactorProblem => {
  const [first, second = first] = values;
  const text = `${factor.label} "${entry.value}" can be read as ${first} or as ${second}. Write it without a comma.`;
  const repairs = acceptable(
    factor,
    [first, second].map((value) => ({ ...entry, value })),
  );
  return factorProblem(factor.id, 'number-ambiguous', text, { value: String(entry.value), first, second }, repairs);
};

const twoUnits = (factor: FactorDefinition, entry: FactorEntry, written: string): FactorProblem => {
  const { unit = '', value } = entry;
  const text = `${factor.label} "${value}" names ${written}, and ${unit} is stated beside it. State one unit.`;
  return factorProblem(factor.id, 'two-units', text, { value: String(value), written, unit });
};

/** The number of an entry, from its text where it was written as one; or why there is none. */
const toNumber = (factor: FactorDefinition, entry: FactorEntry): NumberEntry | FactorProblem => {
  const { value } = entry;
  if (typeof value === 'number') return Number.isFinite(value) ? { ...entry, value } : notANumber(factor, value);
  const read = readQuantity(value, isUnit);
  if (!read) return notANumber(factor, value);
  const { comparator = entry.comparator, unit: written = entry.unit } = read;
  const spelling = (unit: string) => normaliseUnit(unit) ?? unit;
  if (entry.unit !== undefined && written !== undefined && spelling(written) !== spelling(entry.unit)) {
    return twoUnits(factor, entry, written);
  }
  const whole = {
    ...entry,
    ...(comparator ? { comparator } : {}),
    ...(written === undefined ? {} : { unit: written }),
  };
  const [only, other] = read.values;
  return other === undefined ? { ...whole, value: only } : ambiguous(factor, { ...whole, value }, read.values);
};

const isProblem = (one: FactorEntry | FactorProblem): one is FactorProblem => 'code' in one;

/** A value beyond what the assay measures is used at the limit, and that is said. */
const censored = (
  factor: FactorDefinition,
  { comparator, value, unit: written = '' }: NumberEntry,
): FactorProblem[] => {
  if (comparator === undefined) return [];
  const unit = written === '1' ? '' : written;
  const sign = comparatorSign(comparator);
  const limit = `${value} ${unit}`.trim();
  const text = `${factor.label} is only known to be ${sign} ${limit}. Scores and models take ${value} itself.`;
  return [factorProblem(factor.id, 'censored', text, { sign, value, unit })];
};

const missingUnit = (factor: MeasuredFactor, entry: NumberEntry): FactorProblem => {
  const units = unitNames(factor);
  const text = `${factor.label} ${entry.value} has no unit and none is assumed. State one of: ${units}.`;
  const repairs = acceptable(
    factor,
    factor.units.map(({ unit }) => ({ ...entry, unit })),
  );
  return factorProblem(factor.id, 'unit-missing', text, { value: entry.value, units }, repairs);
};

const unknownUnit = (factor: MeasuredFactor, entry: NumberEntry, written: string): FactorProblem => {
  const units = unitNames(factor);
  const text = `${factor.label} cannot be read in "${written}". State it in one of: ${units}.`;
  return factorProblem(factor.id, 'unit-unknown', text, { value: entry.value, unit: written, units });
};

const wrongNgPerIU = (factor: MeasuredFactor, value: number): FactorProblem => {
  const { low, high } = ngPerIURange;
  const text = `${value} ng per IU of ${factor.label} cannot be right (possible: ${low}–${high}). Enter the factor that the laboratory states.`;
  return factorProblem(factor.id, 'ng-per-iu-out-of-limits', text, { value, low, high });
};

/** What qualifies a value and is not there, or is there for nothing. */
const qualifiers = (factor: MeasuredFactor, entry: FactorEntry, unit: string, byIU: boolean): FactorProblem[] => {
  const remarks: FactorProblem[] = [];
  const remark = (code: FactorProblem['code'], text: string, params: Params = {}) =>
    remarks.push(factorProblem(factor.id, code, text, params));
  if (byIU && entry.ngPerIU === undefined) {
    remark(
      'ng-per-iu-missing',
      `${factor.label} in ${unit} cannot be converted without the laboratory's factor. Enter the ng per IU that it states.`,
      { unit },
    );
  }
  if (!byIU && entry.ngPerIU !== undefined) {
    remark('ng-per-iu-unused', `The ng per IU of ${factor.label} is not used, for the value is in ${unit}.`, { unit });
  }
  if (factor.id === 'pivkaII' && !entry.assay?.trim()) {
    remark(
      'assay-missing',
      `${factor.label} of different assays cannot be compared. Enter the assay that the laboratory used.`,
    );
  }
  return remarks;
};

const checkMeasured = (factor: MeasuredFactor, raw: FactorEntry): CheckedEntry => {
  const entry = toNumber(factor, raw);
  if (isProblem(entry)) return refuse(entry);
  // Where a laboratory has only one unit to report in, leaving it out is not ambiguous.
  const written = entry.unit ?? (factor.units.length === 1 ? canonicalUnit(factor) : undefined);
  if (written === undefined) return refuse(missingUnit(factor, entry));
  const option = unitOption(factor, normaliseUnit(written) ?? written);
  if (!option) return refuse(unknownUnit(factor, entry, written));
  const byIU = option.toCanonical === 'ng-per-iu';
  if (byIU && entry.ngPerIU !== undefined && !within(entry.ngPerIU, ngPerIURange)) {
    return refuse(wrongNgPerIU(factor, entry.ngPerIU));
  }
  const ranges = rangesInUnit(factor, option, entry.ngPerIU);
  const kept = { ...entry, unit: option.unit };
  const odd = ranges && checkRange(factor, kept, option.unit, ranges);
  if (odd?.refused) return refuse(odd.problem);
  const warnings = [...(odd ? [odd.problem] : []), ...censored(factor, kept)];
  return { entry: kept, errors: [], warnings: [...warnings, ...qualifiers(factor, entry, option.unit, byIU)] };
};

/** The option that `value` names, case apart; a number names an option only where the options are numbers (ECOG). */
const checkChoice = (factor: FactorDefinition & { kind: 'choice' }, entry: FactorEntry): CheckedEntry => {
  const wanted = String(entry.value).trim().toLowerCase();
  const option = factor.options.find((one) => one.id.toLowerCase() === wanted);
  if (option) return { entry: { ...entry, value: option.id }, errors: [], warnings: [] };
  const options = factor.options.map((one) => one.id).join(', ');
  const text = `${factor.label} "${entry.value}" is not known. Choose one of: ${options}.`;
  return refuse(factorProblem(factor.id, 'unknown-option', text, { value: String(entry.value), options }));
};

const checkCount = (factor: CountFactor, raw: FactorEntry): CheckedEntry => {
  const entry = toNumber(factor, raw);
  if (isProblem(entry)) return refuse(entry);
  if (!Number.isInteger(entry.value)) {
    const text = `${factor.label} ${entry.value} is not a whole number. Enter how many were counted.`;
    return refuse(factorProblem(factor.id, 'not-whole', text, { value: entry.value }));
  }
  const odd = checkRange(factor, entry, '1', factor);
  if (odd?.refused) return refuse(odd.problem);
  return { entry, errors: [], warnings: [...(odd ? [odd.problem] : []), ...censored(factor, entry)] };
};

/** Checks an entry of the right shape. Its unit comes back in this program's spelling, its option as the option's id. */
export const checkEntry = (factor: FactorDefinition, entry: FactorEntry): CheckedEntry => {
  if (entry.date !== undefined && !isCalendarDate(entry.date)) {
    const text = `The date "${entry.date}" of ${factor.label} is no ISO 8601 date. Write it as 2026-03-14.`;
    return refuse(factorProblem(factor.id, 'date-invalid', text, { date: entry.date }));
  }
  if (factor.kind === 'choice') return checkChoice(factor, entry);
  return factor.kind === 'count' ? checkCount(factor, entry) : checkMeasured(factor, entry);
};
