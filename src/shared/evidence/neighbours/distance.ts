/**
 * How unlike two patients are in what a model saw of them.
 *
 * Images: the squared Mahalanobis distance of the trunk's features by the precision matrix P of the training cohort, which is
 * also what the model holds against "unlike training". Factors: the mean squared difference of the standardised values, over
 * the factors that are known of both (Gower 1971: what is missing of one is no difference, and no agreement). Two patients of
 * the training cohort taken at random differ by 2D in the first and by 2 in the second on average, so that both are divided by
 * that, and weigh the same:
 *
 *     dᵢ² = (f − g)ᵀ P (f − g) / 2D,   d𝒸² = Σ (zⱼ − yⱼ)² / 2m,   d² = (dᵢ² + d𝒸²) / 2.
 *
 * A distance of 1 is that of two training patients who have nothing to do with each other. The weights are this program's
 * own choice. Pure.
 */
import type { ModelManifest } from '../../model/manifest.ts';
import type { ClinicalContribution } from '../../model/prediction.ts';
import { standardise } from '../../model/standardise.ts';

/** One patient as a model saw them. */
export interface Seen {
  /** [D], the trunk's features. */
  readonly features: readonly number[];
  /** [F], standardised, in the order of the model's factors; null where missing. */
  readonly factors: readonly (number | null)[];
}

export interface Distance {
  readonly total: number;
  readonly images: number;
  /** Null for a model without factors. */
  readonly factors: number | null;
  /** Factors that are known of both. */
  readonly compared: number;
}

type Scale = Pick<ModelManifest, 'factors'> & { readonly novelty: NonNullable<ModelManifest['novelty']> };

/** Factors as the model counted them: a value beyond training as the end of its range. */
export const standardised = (
  factors: ModelManifest['factors'],
  contributions: readonly Pick<ClinicalContribution, 'factor' | 'value' | 'countedAs'>[],
): (number | null)[] =>
  factors.map((factor) => {
    const used = contributions.find((one) => one.factor === factor.id);
    if (used === undefined || used.value === null) return null;
    const z = standardise(factor, used.countedAs ?? used.value);
    return Number.isFinite(z) ? z : null;
  });

/** dᵀ P d, [D] and [D, D]; a sum of squares, so that rounding alone could make it negative. */
const squaredMahalanobis = (difference: readonly number[], precision: readonly (readonly number[])[]): number => {
  const total = precision.reduce(
    (sum, row, i) =>
      sum + (difference[i] ?? Number.NaN) * row.reduce((at, p, j) => at + p * (difference[j] ?? Number.NaN), 0),
    0,
  );
  return Math.max(0, total);
};

/** Fewer factors in common than this share of the model's say too little of how alike two patients are. */
const LEAST_SHARE = 0.5;

/** Undefined where features are not of this model's length, or too few factors are known of both. */
export const distanceBetween = (one: Seen, other: Seen, { novelty, factors }: Scale): Distance | undefined => {
  const length = novelty.mean.length;
  if (one.features.length !== length || other.features.length !== length) return undefined;
  const difference = one.features.map((value, i) => value - (other.features[i] ?? Number.NaN));
  const images = squaredMahalanobis(difference, novelty.precision) / (2 * length);
  if (!Number.isFinite(images)) return undefined;
  const known = factors.flatMap((_factor, j) => {
    const [z, y] = [one.factors[j], other.factors[j]];
    return z == null || y == null ? [] : [(z - y) ** 2];
  });
  const compared = known.length;
  if (compared < LEAST_SHARE * factors.length) return undefined;
  if (compared === 0) return { total: Math.sqrt(images), images: Math.sqrt(images), factors: null, compared };
  const clinical = known.reduce((sum, square) => sum + square, 0) / (2 * compared);
  return {
    total: Math.sqrt((images + clinical) / 2),
    images: Math.sqrt(images),
    factors: Math.sqrt(clinical),
    compared,
  };
};
