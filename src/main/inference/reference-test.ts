import type { ModelManifest } from '#shared/model/manifest.ts';
import type { ModelOutputs } from './model-io.ts';

export interface ReferenceResult {
  passed: boolean;
  /** Largest absolute difference of any number of logit, map and contributions. */
  largestError: number;
  tolerance: number;
  /** Which output differs most, or is missing. */
  where: string;
}

/** Largest absolute difference; infinite where the lengths differ or something is not a number. */
const worst = (actual: ArrayLike<number> | undefined, expected: readonly number[]): number => {
  if (!actual || actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((largest, value, i) => {
    const error = Math.abs((actual[i] ?? Number.NaN) - value);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(largest, error);
  }, 0);
};

/** Compares a provider's outputs for the package's reference input with what the package says they are. */
export const compareWithReference = (
  { expected, tolerance }: ModelManifest['reference'],
  outputs: ModelOutputs,
): ReferenceResult => {
  const errors: [string, number][] = [
    ['logit', worst(outputs.logit?.data, [expected.logit])],
    ['image_contribution', worst(outputs.image_contribution?.data, [expected.imageContribution])],
    ['clinical_contributions', worst(outputs.clinical_contributions?.data, expected.clinicalContributions)],
    ['cam', worst(outputs.cam?.data, expected.cam)],
  ];
  const [where, largestError] = errors.reduce((a, b) => (b[1] > a[1] ? b : a));
  return { passed: largestError <= tolerance, largestError, tolerance, where };
};
