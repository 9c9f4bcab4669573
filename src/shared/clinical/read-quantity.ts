/**
 * A quantity as a laboratory or a person writes it, read whole: comparator, number, unit, flag. Whatever is left over
 * makes it unreadable; nothing is cut off.
 */
import type { Comparator } from './factor-values.ts';

export interface QuantityText {
  /** One, or two where a comma may part thousands or decimals (`1,234`): a person has to say which. */
  readonly values: readonly [number] | readonly [number, number];
  readonly comparator?: Comparator;
  /** As it was written; absent where none was. */
  readonly unit?: string;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Full-width digits and signs in their plain form; `10⁹` as `10^9` before compatibility folding makes it `109`. */
const plainText = (text: string): string =>
  text
    .replace(/[⁰¹²³⁴-⁹]+/g, (run) => `^${[...run].map((digit) => superscripts.indexOf(digit)).join('')}`)
    .normalize('NFKC')
    .trim();

const comparatorWords: readonly (readonly [RegExp, Comparator])[] = [
  [/^(?:<=|≤|≦|小于等于)/, '<='],
  [/^(?:>=|≥|≧|大于等于)/, '>='],
  [/^(?:<|小于|低于)/, '<'],
  [/^(?:>|大于|高于)/, '>'],
];

const splitComparator = (text: string): { comparator?: Comparator; rest: string } => {
  for (const [pattern, comparator] of comparatorWords) {
    if (pattern.test(text)) return { comparator, rest: text.replace(pattern, '').trim() };
  }
  return { rest: text };
};

/** Marks of a laboratory beside a result. `L` counts as one only where it stands alone, or it is a litre. */
const withoutFlag = (text: string): string => text.replace(/\s*(?:[↑↓*]+|(?:^|\s)\(?(?:HH?|LL?)\)?)$/, '').trim();

const digitsOnly = (text: string): number => Number(text.replace(/[,.' ’]/g, ''));
const decimalComma = (text: string): number => Number(text.replace(/[.' ’]/g, '').replace(',', '.'));
const decimalPoint = (text: string): number => Number(text.replace(/[,' ’]/g, ''));

/** The number or numbers that digits with points, commas and gaps may mean. A single point is always a decimal point. */
export const readNumber = (text: string): QuantityText['values'] | undefined => {
  if (/^\d*\.?\d+$/.test(text)) return [Number(text)];
  if (/^\d{1,3}(?:[ '’]\d{3})+(?:\.\d+)?$/.test(text)) return [decimalPoint(text)];
  if (/^\d{1,3}(?:[ '’]\d{3})+,\d+$/.test(text)) return [decimalComma(text)];
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(text)) return [decimalPoint(text)];
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) return [decimalComma(text)];
  if (/^\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/.test(text)) return [digitsOnly(text)];
  if (/^[1-9]\d{0,2},\d{3}$/.test(text)) return [digitsOnly(text), decimalComma(text)];
  return /^\d+,\d+$/.test(text) ? [decimalComma(text)] : undefined;
};

const numberAhead = /^(\d{1,3}(?:[ '’]\d{3}(?!\d))+(?:[.,]\d+)?|\d[\d.,]*|\.\d+)\s*(.*)$/;
const exponentAhead = /^(?:e\+?(\d{1,2})|[x×*·]\s*10(?:\^|e)(\d{1,2}))\s*(.*)$/i;

/**
 * @param isUnit whether a text is a unit in any spelling: `×10^9/L` is one, `×10^5` before another is an exponent
 * @returns undefined where it is not one quantity; a negative one is none
 */
export const readQuantity = (text: string, isUnit: (text: string) => boolean): QuantityText | undefined => {
  const { comparator, rest } = splitComparator(plainText(text));
  const [, digits = '', behind = ''] = numberAhead.exec(rest) ?? [];
  const values = readNumber(digits);
  if (!values) return undefined;
  const tail = withoutFlag(behind);
  const exponent = isUnit(tail) ? null : exponentAhead.exec(tail);
  const unit = exponent ? (exponent[3] ?? '') : tail;
  const power = 10 ** Number(exponent?.[1] ?? exponent?.[2] ?? 0);
  const [first, second] = values;
  const scaled = (value: number) => Number((value * power).toPrecision(15));
  return {
    values: second === undefined ? [scaled(first)] : [scaled(first), scaled(second)],
    ...(comparator ? { comparator } : {}),
    ...(unit ? { unit } : {}),
  };
};

const signs: Readonly<Record<Comparator, string>> = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' };

/** A value for the eye: `> 60500`; the number alone where it is exact. */
export const comparatorSign = (comparator: Comparator | undefined): string => (comparator ? signs[comparator] : '');
