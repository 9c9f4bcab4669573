/** Whether a number can be right in its unit: outside the limits it is refused, outside the usual range remarked on. */
import type { FactorDefinition, MeasuredFactor, Range, UnitOption } from './factor-definition.ts';
import { type FactorProblem, factorProblem, type Repair } from './factor-problem.ts';
import type { FactorEntry } from './factor-values.ts';
import { convert, factorToCanonical } from './units.ts';

/** At most six significant digits: 22.9 mg/dL, not 22.900000000000002. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(6)));

/** Limits are round in the canonical unit; in another one three digits say enough. */
const bound = (value: number): number => Number(value.toPrecision(3));

export const within = (value: number, range: Range): boolean => value >= range.low && value <= range.high;

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
const likelierUnit = (factor: FactorDefinition, value: number, unit: string): string | undefined => {
  if (factor.kind !== 'measured') return undefined;
  return factor.units.find((option) => {
    if (option.unit === unit || option.toCanonical === 'never' || option.toCanonical === 'ng-per-iu') return false;
    const same = convert(factor, 1, option.unit, unit) === 1;
    const ranges = rangesInUnit(factor, option);
    return !same && ranges !== undefined && within(value, ranges.usual);
  })?.unit;
};

const remedyFor = (factor: FactorDefinition, hint: string | undefined): string => {
  if (hint) return ` As ${hint} it would be usual: check the unit.`;
  return factor.kind === 'measured' && factor.units.length > 1 ? ' Check the value and its unit.' : ' Check the value.';
};

const zero = (factor: FactorDefinition): FactorProblem =>
  factorProblem(
    factor.id,
    'zero',
    `${factor.label} 0 is no result of a measurement. Write the limit that the laboratory states, e.g. <0.6.`,
  );

/**
 * @param entry its value is the number in `unit`
 * @returns the remark that there is to make; `refused` where the entry cannot be kept
 */
export const checkRange = (
  factor: FactorDefinition,
  entry: FactorEntry & { value: number },
  unit: string,
  ranges: { limits: Range; usual: Range },
): { problem: FactorProblem; refused: boolean } | undefined => {
  const { value } = entry;
  const refused = !within(value, ranges.limits);
  if (!refused && within(value, ranges.usual)) return undefined;
  if (value === 0 && factor.kind === 'measured') return { problem: zero(factor), refused: true };
  const range = refused ? ranges.limits : ranges.usual;
  const hint = likelierUnit(factor, value, unit);
  const bounds = `${bound(range.low)}–${withUnit(bound(range.high), unit)}`;
  const what = refused ? `cannot be right (possible: ${bounds})` : `is unusual (usual: ${bounds})`;
  const text = `${factor.label} ${withUnit(value, unit)} ${what}.${remedyFor(factor, hint)}`;
  const params = {
    value,
    unit,
    low: bound(range.low),
    high: bound(range.high),
    ...(hint ? { hint } : {}),
    ...(factor.kind === 'measured' && factor.units.length > 1 ? {} : { single: 1 }),
  };
  const repairs: readonly Repair[] = hint ? [{ ...entry, unit: hint }] : [];
  return { problem: factorProblem(factor.id, refused ? 'out-of-limits' : 'unusual', text, params, repairs), refused };
};
