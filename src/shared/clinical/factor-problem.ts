import type { FactorEntry } from './factor-values.ts';

/** An entry that would be kept in place of the one that was remarked on; a person chooses it, the program never. */
export type Repair = FactorEntry;

/** A remark on a factor: a stable code and its values for translation, and an English sentence with cause and remedy. */
export interface FactorProblem {
  /** The factor's or derived quantity's id as it was written. */
  readonly factor: string;
  readonly code: FactorProblemCode;
  readonly text: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** What the entry may have meant. */
  readonly repairs?: readonly Repair[];
}

export type FactorProblemCode =
  | 'unknown-factor'
  | 'not-an-entry'
  | 'not-a-number'
  | 'number-ambiguous'
  | 'not-whole'
  | 'zero'
  | 'censored'
  | 'unit-missing'
  | 'unit-unknown'
  | 'two-units'
  | 'out-of-limits'
  | 'unusual'
  | 'unknown-option'
  | 'date-invalid'
  | 'assay-missing'
  | 'ng-per-iu-missing'
  | 'ng-per-iu-out-of-limits'
  | 'ng-per-iu-unused'
  | 'diameter-measured'
  | 'number-measured'
  | 'age-study'
  | 'sex-study'
  | 'date-future'
  | 'date-study'
  | 'hbv-contradicts'
  | 'thrombus-contradicts'
  | 'missing'
  | 'not-convertible';

export const factorProblem = (
  factor: string,
  code: FactorProblemCode,
  text: string,
  params: Readonly<Record<string, string | number>> = {},
  repairs: readonly Repair[] = [],
): FactorProblem => ({ factor, code, text, params, ...(repairs.length > 0 ? { repairs } : {}) });
