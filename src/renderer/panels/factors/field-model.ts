/** What a field of the form holds as text, and how it becomes an entry or a refusal. Pure. */
import { type CheckedEntry, checkEntry, plainNumber } from '#shared/clinical/check-entry.ts';
import { canonicalUnit, type FactorDefinition, type MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import { factorProblem } from '#shared/clinical/factor-problem.ts';
import type { FactorEntry } from '#shared/clinical/factor-values.ts';
import { convert, unitOption } from '#shared/clinical/units.ts';

export interface FieldText {
  readonly text: string;
  readonly unit: string;
  readonly assay: string;
  readonly ngPerIU: string;
  readonly date: string;
}

/** @param unit the unit to show while nothing is entered */
export const fieldText = (factor: FactorDefinition, entry: FactorEntry | undefined, unit?: string): FieldText => ({
  text: entry === undefined ? '' : String(entry.value),
  unit: entry?.unit ?? unit ?? canonicalUnit(factor),
  assay: entry?.assay ?? '',
  ngPerIU: entry?.ngPerIU === undefined ? '' : String(entry.ngPerIU),
  date: entry?.date ?? '',
});

/** Digits with a point, or scientific (`2.3e5`); full-width digits of an input method too. A comma is ambiguous: none. */
export const parseNumber = (text: string): number | undefined => {
  const plain = text.normalize('NFKC').trim();
  return /^\d+(\.\d+)?(e\+?\d{1,2})?$/i.test(plain) ? Number(plain) : undefined;
};

/**
 * A date as a person writes it, year first: `2026-03-14`, `2026/3/14`, `20260314`, `2026年3月14日`. Day and month are never
 * told apart by guessing, so whatever else stays as it is, to be refused.
 */
export const normaliseDate = (text: string): string => {
  const plain = text.normalize('NFKC').trim();
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(plain);
  if (!match) return plain;
  const two = (digits: string | undefined) => (digits ?? '').padStart(2, '0');
  return `${match[1]}-${two(match[2] ?? match[4])}-${two(match[3] ?? match[5])}`;
};

export const needsNgPerIU = (factor: FactorDefinition, unit: string): boolean =>
  factor.kind === 'measured' && unitOption(factor, unit)?.toCanonical === 'ng-per-iu';

export const needsAssay = (factor: FactorDefinition): boolean => factor.id === 'pivkaII';

/** Nothing at all where the field is empty; otherwise an entry that can be kept, or the reason why not. */
export const readField = (factor: FactorDefinition, field: FieldText, origin?: FactorEntry['origin']): CheckedEntry => {
  const text = field.text.trim();
  if (text === '') return { errors: [], warnings: [] };
  const value = factor.kind === 'choice' ? text : (parseNumber(text) ?? text);
  const stated = needsNgPerIU(factor, field.unit) ? field.ngPerIU.trim() : '';
  const ngPerIU = parseNumber(stated);
  if (stated !== '' && !(ngPerIU !== undefined && ngPerIU > 0)) {
    const sentence = `The ng per IU of ${factor.label} needs a number; "${stated}" is none. Enter digits with a point.`;
    return { errors: [factorProblem(factor.id, 'not-a-number', sentence, { value: stated })], warnings: [] };
  }
  const assay = needsAssay(factor) ? field.assay.trim() : '';
  return checkEntry(factor, {
    value,
    ...(factor.kind === 'measured' ? { unit: field.unit } : {}),
    ...(assay ? { assay } : {}),
    ...(ngPerIU === undefined ? {} : { ngPerIU }),
    ...(field.date ? { date: field.date } : {}),
    ...(origin ? { origin } : {}),
  });
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
  const value = parseNumber(field.text);
  if (value === undefined) return { kind: 'converted', field: { ...field, unit: to } };
  const converted = convert(factor, value, field.unit, to, parseNumber(field.ngPerIU));
  if (converted === undefined) {
    return { kind: 'ask', field: { ...field, unit: to }, value: field.text.trim(), from: field.unit, to };
  }
  return { kind: 'converted', field: { ...field, text: plainNumber(converted), unit: to } };
};

const prettyUnits: Readonly<Record<string, string>> = { '10^9/L': '10⁹/L', '10^3/µL': '10³/µL', '1': '' };

/** A unit for the eye; words (`years`) are left to the language. */
export const unitLabel = (unit: string): string => prettyUnits[unit] ?? unit;
