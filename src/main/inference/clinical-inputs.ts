import { type FactorValues, factorIdSchema } from '#shared/clinical/factor-values.ts';
import { resolveModelInput } from '#shared/clinical/model-inputs.ts';
import type { ModelFactor } from '#shared/model/manifest.ts';
import { standardise, withinTraining } from '#shared/model/standardise.ts';

/** One factor as the model takes it. */
export interface ClinicalInput {
  factor: ModelFactor;
  /** In the model's unit, before the transform; null where it counts as missing. */
  value: number | null;
  /** What is counted in its place: the nearest end of the training range. Absent where the value itself is. */
  countedAs?: number;
  /** (transform(value) − center) / scale; 0 where missing, the training mean. */
  z: number;
  /** Why it counts as missing. */
  gap: { code: string; text: string } | null;
}

/** The option that was chosen, where training never saw it; a number cannot be one. */
const unseenOption = ({ id, categories }: ModelFactor, factors: FactorValues): string | undefined => {
  const factorId = factorIdSchema.safeParse(id);
  const value = factorId.success ? factors[factorId.data]?.value : undefined;
  return categories && typeof value === 'string' && !categories.includes(value) ? value : undefined;
};

const clinicalInput = (factor: ModelFactor, factors: FactorValues): ClinicalInput => {
  const resolved = resolveModelInput(factors, factor.id);
  if (!resolved.ok) {
    const { code, text } = resolved.problem;
    return { factor, value: null, z: 0, gap: { code, text } };
  }
  const unseen = unseenOption(factor, factors);
  if (unseen !== undefined) {
    const text = `${factor.id} "${unseen}" was in no training patient, so what it adds is not known.`;
    return { factor, value: null, z: 0, gap: { code: 'unseen-category', text } };
  }
  const { value } = resolved.quantity;
  const counted = withinTraining(factor, value);
  const z = standardise(factor, counted);
  if (Number.isFinite(z)) return { factor, value, z, gap: null, ...(counted === value ? {} : { countedAs: counted }) };
  const text = `${factor.id} ${value} cannot be used: the model takes its ${factor.transform}.`;
  return { factor, value: null, z: 0, gap: { code: 'transform', text } };
};

/** The clinical input of a model, in the order of its factors. Nothing is guessed: what is missing is masked. */
export const clinicalInputs = (modelFactors: readonly ModelFactor[], factors: FactorValues): ClinicalInput[] =>
  modelFactors.map((factor) => clinicalInput(factor, factors));

/**
 * Least and largest log-odds that a factor gave the middle 90 % of the training patients. A package that does not state
 * them states the wider 2nd to 98th percentile of the values; yes/no factors take 0 and 1.
 */
export const contributionRange = (factor: ModelFactor): { low: number; high: number } => {
  if (factor.spread) return { low: factor.spread[0], high: factor.spread[1] };
  const ends = (factor.range ?? [0, 1]).map((value) => factor.coefficient * standardise(factor, value));
  return { low: Math.min(...ends), high: Math.max(...ends) };
};
