/**
 * Laboratory units: the ways to write them, and the conversions that hold whatever the assay.
 * Factors: bilirubin 1 mg/dL = 17.1 µmol/L (molar mass 584.7 g/mol), creatinine 1 mg/dL = 88.42 µmol/L (113.1 g/mol);
 * the others are decimal prefixes.
 */
import type { MeasuredFactor, UnitOption } from './factor-definition.ts';

const spellings: Readonly<Record<string, string>> = {
  '10^3/µl': '10^3/µL',
  '10*3/µl': '10^3/µL',
  '10e3/µl': '10^3/µL',
  'k/µl': '10^3/µL',
  '10^9/l': '10^9/L',
  '10*9/l': '10^9/L',
  '10e9/l': '10^9/L',
  '/µl': '/µL',
  'cells/µl': '/µL',
  'µmol/l': 'µmol/L',
  'µg/l': 'µg/L',
  'mg/dl': 'mg/dL',
  'mg/l': 'mg/L',
  'g/l': 'g/L',
  'g/dl': 'g/dL',
  'ng/ml': 'ng/mL',
  'iu/ml': 'IU/mL',
  '[iu]/ml': 'IU/mL',
  'kiu/l': 'IU/mL',
  'mau/ml': 'mAU/mL',
  'copies/ml': 'copies/mL',
  'u/l': 'U/L',
  'iu/l': 'U/L',
  '[iu]/l': 'U/L',
  mm: 'mm',
  cm: 'cm',
  s: 's',
  sec: 's',
  秒: 's',
  a: 'years',
  y: 'years',
  yr: 'years',
  year: 'years',
  years: 'years',
  岁: 'years',
  周岁: 'years',
  '%': '%',
  '1': '1',
  '{inr}': '1',
  '{ratio}': '1',
};

const superscripts: Readonly<Record<string, string>> = { '³': '^3', '⁹': '^9' };

/**
 * A unit as this program writes it, from what a laboratory or a person wrote (`umol/l`, `×10⁹/L`, `10*9/L`).
 * @returns undefined where the spelling is not known; it is never taken for something similar.
 */
export const normaliseUnit = (text: string): string | undefined => {
  const plain = text
    .trim()
    .replace(/\s+/g, '')
    .replace(/^[×x*]/i, '')
    .replace(/[³⁹]/g, (digit) => superscripts[digit] ?? digit)
    .replace(/[μµ]/g, 'µ')
    .replace(/(^|\/)u(mol|g|l)/gi, '$1µ$2')
    .toLowerCase();
  return Object.hasOwn(spellings, plain) ? spellings[plain] : undefined;
};

export const isUnit = (text: string): boolean => normaliseUnit(text) !== undefined;

export const unitOption = (factor: MeasuredFactor, unit: string): UnitOption | undefined =>
  factor.units.find((option) => option.unit === unit);

/**
 * The factor from `option`'s unit to the canonical one.
 * @param ngPerIU what the laboratory states one IU of AFP to weigh, in ng
 * @returns undefined where no conversion is safe
 */
export const factorToCanonical = (option: UnitOption, ngPerIU?: number): number | undefined => {
  if (option.toCanonical === 'never') return undefined;
  return option.toCanonical === 'ng-per-iu' ? ngPerIU : option.toCanonical;
};

/** The same quantity in another unit of its factor; undefined where that is not safe. */
export const convert = (
  factor: MeasuredFactor,
  value: number,
  from: string,
  to: string,
  ngPerIU?: number,
): number | undefined => {
  if (from === to) return value;
  const source = unitOption(factor, from);
  const target = unitOption(factor, to);
  const up = source && factorToCanonical(source, ngPerIU);
  const down = target && factorToCanonical(target, ngPerIU);
  return up === undefined || down === undefined ? undefined : (value * up) / down;
};
