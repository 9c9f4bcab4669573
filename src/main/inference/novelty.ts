import type { ModelManifest } from '#shared/model/manifest.ts';

type Novelty = NonNullable<ModelManifest['novelty']>;

/** Squared Mahalanobis distance of a case's features to the training cohort: (f − μ)ᵀ Σ⁻¹ (f − μ). */
export const mahalanobisSquared = (features: readonly number[], { mean, precision }: Novelty): number => {
  const away = features.map((value, i) => value - (mean[i] ?? Number.NaN));
  return precision.reduce(
    (total, row, i) =>
      total + (away[i] ?? Number.NaN) * row.reduce((sum, p, j) => sum + p * (away[j] ?? Number.NaN), 0),
    0,
  );
};
