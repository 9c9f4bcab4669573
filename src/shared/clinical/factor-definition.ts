/** What is known about a clinical factor before anybody enters it: the one schema of form, CLI, database and model. */
import type { FactorId } from './factor-values.ts';

/** Inclusive bounds. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export const factorGroups = ['patient', 'liver', 'markers', 'blood', 'tumour', 'treatment'] as const;
export type FactorGroup = (typeof factorGroups)[number];

/**
 * A unit that a laboratory may report in.
 * `toCanonical` is the factor to the canonical unit, `ng-per-iu` where only the laboratory's own factor converts, or
 * `never` where no conversion is safe; such a unit carries limits of its own.
 */
export type UnitOption =
  | { readonly unit: string; readonly toCanonical: number | 'ng-per-iu' }
  | { readonly unit: string; readonly toCanonical: 'never'; readonly limits: Range; readonly usual: Range };

interface FactorCommon {
  readonly id: FactorId;
  readonly group: FactorGroup;
  /** English name, for messages and the command line; the screen has its own. */
  readonly label: string;
}

export interface MeasuredFactor extends FactorCommon {
  readonly kind: 'measured';
  /** The first one is canonical. Dimensionless quantities have the unit `1` (UCUM). */
  readonly units: readonly [UnitOption, ...UnitOption[]];
  /** In the canonical unit. Outside: refused, for no living adult has it, so it is a slip of value or unit. */
  readonly limits: Range;
  /** In the canonical unit. Outside: kept with a warning. */
  readonly usual: Range;
}

export interface CountFactor extends FactorCommon {
  readonly kind: 'count';
  readonly limits: Range;
  readonly usual: Range;
}

export interface ChoiceOption {
  readonly id: string;
  readonly label: string;
  /** The integer that stands for it in a model's input. */
  readonly code: number;
}

export interface ChoiceFactor extends FactorCommon {
  readonly kind: 'choice';
  readonly options: readonly ChoiceOption[];
}

export type FactorDefinition = MeasuredFactor | CountFactor | ChoiceFactor;

export const canonicalUnit = (definition: FactorDefinition): string =>
  definition.kind === 'measured' ? definition.units[0].unit : '1';
