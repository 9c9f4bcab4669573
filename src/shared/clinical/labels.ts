/** Values, units and rules as a person reads them; words are left to the language. */
import type { FactorEntry } from './factor-values.ts';
import { comparatorSign } from './read-quantity.ts';

/** A value as it stands in its field, e.g. `>60500`; what was refused as it was written. */
export const entryText = ({ comparator, value }: FactorEntry): string => `${comparatorSign(comparator)}${value}`;

const prettyUnits: Readonly<Record<string, string>> = { '10^9/L': '10⁹/L', '10^3/µL': '10³/µL', '1': '' };

/** A unit for the eye; words (`years`) are left to the language. */
export const unitLabel = (unit: string): string => prettyUnits[unit] ?? unit;

/** A rule such as `< 60 10^9/L` with its unit as a person reads it; a limit of 1 is a number and no unit. */
export const ruleLabel = (rule: string): string => {
  const [sign = '', limit = '', unit = ''] = rule.split(' ');
  return [sign, limit, unitLabel(unit)].filter((part) => part !== '').join(' ');
};
