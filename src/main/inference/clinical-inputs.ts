import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { resolveModelInput } from '#shared/clinical/model-inputs.ts';
import type { ModelFactor } from '#shared/model/manifest.ts';

/** One factor as the model takes it. */
export interface ClinicalInput {
  factor: ModelFactor;
  /** In the model's unit, before the transform; null where it counts as missing. */
  value: number | null;
  /** (transform(value) − center) / scale; 0 where missing, the training mean. */
  z: number;
  /** Why it counts as missing. */
  gap: { code: string; text: string } | null;
}

const transforms: Readonly<Record<ModelFactor['transform'], (value: number) => number>> = {
  identity: (value) => value,
  log10: Math.log10,
  log10p1: (value) => Math.log10(value + 1),
  sqrt: Math.sqrt,
};

/** z of a value, not finite where the transform is not defined for it (a logarithm of 0). */
export const standardise = (factor: ModelFactor, value: number): number =>
  (transforms[factor.transform](value) - factor.center) / factor.scale;

const clinicalInput = (factor: ModelFactor, factors: FactorValues): ClinicalInput => {
  const resolved = resolveModelInput(factors, factor.id);
  if (!resolved.ok) {
    const { code, text } = resolved.problem;
    return { factor, value: null, z: 0, gap: { code, text } };
  }
  const { value } = resolved.quantity;
  const z = standardise(factor, value);
  if (Number.isFinite(z)) return { factor, value, z, gap: null };
  const text = `${factor.id} ${value} cannot be used: the model takes its ${factor.transform}.`;
  return { factor, value: null, z: 0, gap: { code: 'transform', text } };
};

/** The clinical input of a model, in the order of its factors. Nothing is guessed: what is missing is masked. */
export const clinicalInputs = (modelFactors: readonly ModelFactor[], factors: FactorValues): ClinicalInput[] =>
  modelFactors.map((factor) => clinicalInput(factor, factors));

/** Least and largest log-odds that a factor gives within its training range; yes/no factors take 0 and 1. */
export const contributionRange = (factor: ModelFactor): { low: number; high: number } => {
  const ends = (factor.range ?? [0, 1]).map((value) => factor.coefficient * standardise(factor, value));
  return { low: Math.min(...ends), high: Math.max(...ends) };
};
