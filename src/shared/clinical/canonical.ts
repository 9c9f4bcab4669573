/** The number behind an entry, in the factor's canonical unit: what scores and models compute with. */
import { canonicalUnit } from './factor-definition.ts';
import { type FactorProblem, factorProblem } from './factor-problem.ts';
import { factorDefinition } from './factor-table.ts';
import type { FactorId, FactorValues } from './factor-values.ts';
import { parseFactor } from './parse-factors.ts';
import { convert } from './units.ts';

export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

export type Resolved =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly problem: FactorProblem };

/**
 * @returns the value in the canonical unit, a choice by its option's code; or why there is none: missing, refused by
 * its limits, or in a unit that no safe conversion leads out of
 */
export const canonicalValue = (values: FactorValues, id: FactorId): Resolved => {
  const factor = factorDefinition(id);
  const raw = values[id];
  if (raw === undefined) {
    return { ok: false, problem: factorProblem(id, 'missing', `${factor.label} was not entered.`) };
  }
  const { entry, errors } = parseFactor(id, raw);
  const [refusal] = errors;
  if (refusal) return { ok: false, problem: refusal };
  const unit = canonicalUnit(factor);
  if (factor.kind === 'choice') {
    const code = factor.options.find((option) => option.id === entry?.value)?.code;
    if (code !== undefined) return { ok: true, quantity: { value: code, unit } };
  } else if (typeof entry?.value === 'number') {
    const { value, unit: from = unit, ngPerIU } = entry;
    const converted = factor.kind === 'count' ? value : convert(factor, value, from, unit, ngPerIU);
    if (converted !== undefined) return { ok: true, quantity: { value: converted, unit } };
    const why = from === 'IU/mL' ? "without the laboratory's ng per IU" : 'across assays';
    const text = `${factor.label} ${value} ${from} cannot be converted to ${unit} ${why}. It counts as missing.`;
    return { ok: false, problem: factorProblem(id, 'not-convertible', text, { value, from, to: unit }) };
  }
  return { ok: false, problem: factorProblem(id, 'missing', `${factor.label} was not entered.`) };
};

/** The number alone; undefined where there is none. */
export const canonicalNumber = (values: FactorValues, id: FactorId): number | undefined => {
  const resolved = canonicalValue(values, id);
  return resolved.ok ? resolved.quantity.value : undefined;
};
