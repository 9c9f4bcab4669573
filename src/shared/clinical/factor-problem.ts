/** A remark on a factor: a stable code and its values for translation, and an English sentence with cause and remedy. */
export interface FactorProblem {
  /** The factor's or derived quantity's id as it was written. */
  readonly factor: string;
  readonly code: FactorProblemCode;
  readonly text: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export type FactorProblemCode =
  | 'unknown-factor'
  | 'not-an-entry'
  | 'not-a-number'
  | 'not-whole'
  | 'unit-missing'
  | 'unit-unknown'
  | 'out-of-limits'
  | 'unusual'
  | 'unknown-option'
  | 'date-invalid'
  | 'assay-missing'
  | 'ng-per-iu-missing'
  | 'ng-per-iu-unusual'
  | 'ng-per-iu-unused'
  | 'missing'
  | 'not-convertible'
  | 'division-by-zero';

export const factorProblem = (
  factor: string,
  code: FactorProblemCode,
  text: string,
  params: Readonly<Record<string, string | number>> = {},
): FactorProblem => ({ factor, code, text, params });
