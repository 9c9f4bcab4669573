/** Whether one factor's entry can be kept: shape, unit, option, physiologic limits; with the reason where it cannot. */
import {
  canonicalUnit,
  type FactorDefinition,
  type MeasuredFactor,
  type Range,
  type UnitOption,
} from './factor-definition.ts';
import { type FactorProblem, type FactorProblemCode, factorProblem } from './factor-problem.ts';
import type { FactorEntry } from './factor-values.ts';
import { convert, factorToCanonical, normaliseUnit, unitOption } from './units.ts';

export interface CheckedEntry {
  /** Absent where the entry is refused. */
  readonly entry?: FactorEntry;
  readonly errors: readonly FactorProblem[];
  readonly warnings: readonly FactorProblem[];
}

type Params = Readonly<Record<string, string | number>>;

/** At most six significant digits: 22.9 mg/dL, not 22.900000000000002. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(6)));

/** Limits are round in the canonical unit; in another one three digits say enough. */
const bound = (value: number): number => Number(value.toPrecision(3));

const within = (value: number, range: Range): boolean => value >= range.low && value <= range.high;

const unitNames = (factor: MeasuredFactor): string => factor.units.map((option) => option.unit).join(', ');

const withUnit = (value: number, unit: string): string =>
  unit === '1' ? plainNumber(value) : `${plainNumber(value)} ${unit}`;

/** Limits and usual range in the unit of `option`; undefined for AFP in IU without the laboratory's factor. */
export const rangesInUnit = (
  factor: MeasuredFactor,
  option: UnitOption,
  ngPerIU?: number,
): { limits: Range; usual: Range } | undefined => {
  if (option.toCanonical === 'never') return { limits: option.limits, usual: option.usual };
  const up = factorToCanonical(option, ngPerIU);
  if (up === undefined) return undefined;
  const scaled = (range: Range): Range => ({ low: range.low / up, high: range.high / up });
  return { limits: scaled(factor.limits), usual: scaled(factor.usual) };
};

/** The unit in which the same figure would be usual: what a slip of unit looks like. */
const likelierUnit = (factor: MeasuredFactor, value: number, unit: string): string | undefined =>
  factor.units.find((option) => {
    if (option.unit === unit || option.toCanonical === 'never' || option.toCanonical === 'ng-per-iu') return false;
    const same = convert(factor, 1, option.unit, unit) === 1;
    const ranges = rangesInUnit(factor, option);
    return !same && ranges !== undefined && within(value, ranges.usual);
  })?.unit;

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;

/** ISO 8601, and a day that there is. */
export const isCalendarDate = (text: string): boolean => {
  const match = isoDate.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const refuse = (problem: FactorProblem): CheckedEntry => ({ errors: [problem], warnings: [] });

const checkRange = (
  factor: FactorDefinition,
  value: number,
  unit: string,
  ranges: { limits: Range; usual: Range },
): { errors: FactorProblem[]; warnings: FactorProblem[] } => {
  const bad = !within(value, ranges.limits);
  if (!bad && within(value, ranges.usual)) return { errors: [], warnings: [] };
  const range = bad ? ranges.limits : ranges.usual;
  const hint = factor.kind === 'measured' ? likelierUnit(factor, value, unit) : undefined;
  const params: Params = {
    value,
    unit,
    low: bound(range.low),
    high: bound(range.high),
    ...(hint ? { hint } : {}),
  };
  const bounds = `${bound(range.low)}–${withUnit(bound(range.high), unit)}`;
  const remedy = hint ? ` As ${hint} it would be usual: check the unit.` : ' Check the value and its unit.';
  const what = bad ? `cannot be right (possible: ${bounds})` : `is unusual (usual: ${bounds})`;
  const problem = factorProblem(
    factor.id,
    bad ? 'out-of-limits' : 'unusual',
    `${factor.label} ${withUnit(value, unit)} ${what}.${remedy}`,
    params,
  );
  return bad ? { errors: [problem], warnings: [] } : { errors: [], warnings: [problem] };
};

const notANumber = (factor: FactorDefinition, value: string | number): CheckedEntry =>
  refuse(
    factorProblem(
      factor.id,
      'not-a-number',
      `${factor.label} needs a number; "${value}" is none. Enter digits with a point.`,
      {
        value: String(value),
      },
    ),
  );

const checkMeasured = (factor: MeasuredFactor, entry: FactorEntry): CheckedEntry => {
  if (typeof entry.value !== 'number' || !Number.isFinite(entry.value)) return notANumber(factor, entry.value);
  const remark = (code: FactorProblemCode, text: string, params: Params = {}) =>
    factorProblem(factor.id, code, text, params);
  const units = unitNames(factor);
  // Where a laboratory has only one unit to report in, leaving it out is not ambiguous.
  const written = entry.unit ?? (factor.units.length === 1 ? canonicalUnit(factor) : undefined);
  if (written === undefined) {
    const text = `${factor.label} ${entry.value} has no unit and none is assumed. State one of: ${units}.`;
    return refuse(remark('unit-missing', text, { value: entry.value, units }));
  }
  const option = unitOption(factor, normaliseUnit(written) ?? written);
  if (!option) {
    const text = `${factor.label} cannot be read in "${written}". State it in one of: ${units}.`;
    return refuse(remark('unit-unknown', text, { unit: written, units }));
  }
  const warnings: FactorProblem[] = [];
  if (option.toCanonical === 'ng-per-iu') {
    if (entry.ngPerIU === undefined) {
      const text = `${factor.label} in ${option.unit} cannot be converted without the laboratory's factor. Enter the ng per IU that it states.`;
      warnings.push(remark('ng-per-iu-missing', text, { unit: option.unit }));
    } else if (!within(entry.ngPerIU, { low: 0.5, high: 2 })) {
      const text = `${entry.ngPerIU} ng per IU of ${factor.label} is unusual (usual: 0.5–2). Check the factor that the laboratory states.`;
      warnings.push(remark('ng-per-iu-unusual', text, { value: entry.ngPerIU, low: 0.5, high: 2 }));
    }
  } else if (entry.ngPerIU !== undefined) {
    const text = `The ng per IU of ${factor.label} is not used, for the value is in ${option.unit}.`;
    warnings.push(remark('ng-per-iu-unused', text, { unit: option.unit }));
  }
  if (factor.id === 'pivkaII' && !entry.assay?.trim()) {
    const text = `${factor.label} of different assays cannot be compared. Enter the assay that the laboratory used.`;
    warnings.push(remark('assay-missing', text));
  }
  const ranges = rangesInUnit(factor, option, entry.ngPerIU);
  const checked = ranges ? checkRange(factor, entry.value, option.unit, ranges) : { errors: [], warnings: [] };
  if (checked.errors.length > 0) return { errors: checked.errors, warnings: [] };
  return { entry: { ...entry, unit: option.unit }, errors: [], warnings: [...checked.warnings, ...warnings] };
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

const checkCount = (factor: FactorDefinition & { kind: 'count' }, entry: FactorEntry): CheckedEntry => {
  if (typeof entry.value !== 'number' || !Number.isFinite(entry.value)) return notANumber(factor, entry.value);
  if (!Number.isInteger(entry.value)) {
    const text = `${factor.label} ${entry.value} is not a whole number. Enter how many were counted.`;
    return refuse(factorProblem(factor.id, 'not-whole', text, { value: entry.value }));
  }
  const { errors, warnings } = checkRange(factor, entry.value, '1', factor);
  return errors.length > 0 ? { errors, warnings: [] } : { entry, errors: [], warnings };
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
