/** What a field of the form holds as text, and how it becomes an entry or a refusal. Pure. */
import { type CheckedEntry, checkEntry } from '#shared/clinical/check-entry.ts';
import { plainNumber } from '#shared/clinical/check-range.ts';
import type { FactorDefinition, MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import { type FactorProblem, factorProblem } from '#shared/clinical/factor-problem.ts';
import type { FactorEntry } from '#shared/clinical/factor-values.ts';
import { entryText } from '#shared/clinical/labels.ts';
import { comparatorSign, readQuantity } from '#shared/clinical/read-quantity.ts';
import { convert, isUnit, unitOption } from '#shared/clinical/units.ts';

export interface FieldText {
  readonly text: string;
  /** Empty while nobody has chosen one. */
  readonly unit: string;
  readonly assay: string;
  readonly ngPerIU: string;
  readonly date: string;
}

/** The unit of a factor that is reported in one only; empty where laboratories differ, for none is assumed. */
const onlyUnit = (factor: FactorDefinition): string => {
  if (factor.kind !== 'measured') return '';
  const [unit, ...others] = factor.units;
  return others.length === 0 ? unit.unit : '';
};

/** @param remembered the unit to show while nothing is entered */
export const fieldText = (
  factor: FactorDefinition,
  entry: FactorEntry | undefined,
  remembered?: string,
): FieldText => ({
  text: entry === undefined ? '' : entryText(entry),
  unit: (entry === undefined ? remembered : entry.unit) ?? onlyUnit(factor),
  assay: entry?.assay ?? '',
  ngPerIU: entry?.ngPerIU === undefined ? '' : String(entry.ngPerIU),
  date: entry?.date ?? '',
});

/** One number and nothing beside it; undefined where a comma leaves two readings. */
const bareNumber = (text: string): number | undefined => {
  const read = readQuantity(text, isUnit);
  if (!read || read.unit !== undefined || read.comparator !== undefined) return undefined;
  const [value, other] = read.values;
  return other === undefined ? value : undefined;
};

export const needsNgPerIU = (factor: FactorDefinition, unit: string): boolean =>
  factor.kind === 'measured' && unitOption(factor, unit)?.toCanonical === 'ng-per-iu';

export const needsAssay = (factor: FactorDefinition): boolean => factor.id === 'pivkaII';

const unreadableNgPerIU = (factor: FactorDefinition, value: string): FactorProblem => {
  const text = `The ng per IU of ${factor.label} needs a number; "${value}" is none. Enter digits with a point.`;
  return factorProblem(factor.id, 'not-a-number', text, { value });
};

export interface ReadField extends CheckedEntry {
  /** What was written, to be kept where it is refused; absent where nothing was. */
  readonly written?: FactorEntry;
  /** Of the ng per IU, which has no place in an entry unless it is a number. */
  readonly ngPerIUProblem?: FactorProblem;
}

/** Nothing at all where the field is empty; otherwise an entry that can be kept, or the reason why not. */
export const readField = (factor: FactorDefinition, field: FieldText, origin?: FactorEntry['origin']): ReadField => {
  const value = field.text.trim();
  if (value === '') return { errors: [], warnings: [] };
  // A unit in the text is the one that is meant, whichever is chosen beside it.
  const unit = factor.kind !== 'measured' || readQuantity(value, isUnit)?.unit !== undefined ? '' : field.unit;
  const stated = needsNgPerIU(factor, field.unit) ? field.ngPerIU.trim() : '';
  const ngPerIU = bareNumber(stated);
  const assay = needsAssay(factor) ? field.assay.trim() : '';
  const written: FactorEntry = {
    value,
    ...(unit ? { unit } : {}),
    ...(assay ? { assay } : {}),
    ...(ngPerIU ? { ngPerIU } : {}),
    ...(field.date ? { date: field.date } : {}),
    ...(origin ? { origin } : {}),
  };
  const ngPerIUProblem = stated === '' || ngPerIU ? {} : { ngPerIUProblem: unreadableNgPerIU(factor, stated) };
  return { written, ...ngPerIUProblem, ...checkEntry(factor, written) };
};

export type UnitSwitch =
  /** The quantity is the same, its figure another. */
  | { readonly kind: 'converted'; readonly field: FieldText }
  /** No safe conversion: a person has to say whether the figure belongs to the new unit. */
  | {
      readonly kind: 'ask';
      readonly field: FieldText;
      readonly value: string;
      readonly from: string;
      readonly to: string;
    };

export const switchUnit = (factor: MeasuredFactor, field: FieldText, to: string): UnitSwitch => {
  const read = readQuantity(field.text, isUnit);
  if (!read || field.unit === '') return { kind: 'converted', field: { ...field, unit: to } };
  const converted = convert(factor, read.values[0], field.unit, to, bareNumber(field.ngPerIU));
  if (converted === undefined) {
    return { kind: 'ask', field: { ...field, unit: to }, value: field.text.trim(), from: field.unit, to };
  }
  const text = `${comparatorSign(read.comparator)}${plainNumber(converted)}`;
  return { kind: 'converted', field: { ...field, text, unit: to } };
};

const atMostInRow = 5;
/** Letters that the narrowest panel has room for; a Chinese one takes the room of two. */
const lettersInRow = 28;

/** Whether the options of a choice stand beside each other; a longer set is a list. */
export const fitsInRow = (labels: readonly string[]): boolean => {
  const letters = labels.join('').replace(/\p{Script=Han}/gu, '  ').length;
  return labels.length <= atMostInRow && letters <= lettersInRow;
};
