/**
 * The interval of one patient's probability. Same formula as `training/haicast_training/response/interval.py`.
 *
 * On the log-odds scale, with ℓ the model's logit, the members' central quantiles give the distances a⁻ and a⁺ below and
 * above ℓ. What is missing (factors, categories never seen, image channels) could have added between dₗ = Σ lowⱼ and
 * dₕ = Σ highⱼ log-odds, where [lowⱼ, highⱼ] is what input j added in the middle 90 % of training. Forms lack values for a
 * reason, so these are taken to err together: they are summed. The ensemble's error is independent of them, so
 *
 *     low = σ(ℓ − √(a⁻² + dₗ²)),  high = σ(ℓ + √(a⁺² + dₕ²)).
 *
 * The network is not additive in its images. Where all the optional ones together reach further than the sum of their own
 * spreads, that sum is raised in proportion for every two or more that are missing.
 */
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import { type ClinicalInput, contributionRange } from './clinical-inputs.ts';

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7). */
export const quantile = (sorted: readonly number[], q: number): number => {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
};

/** Log-odds that inputs could have added: `low` at most 0, `high` at least 0. */
export interface Reach {
  low: number;
  high: number;
}

export const noReach: Reach = { low: 0, high: 0 };

const together = (reaches: readonly Reach[]): Reach =>
  reaches.reduce((sum, { low, high }) => ({ low: sum.low + Math.min(0, low), high: sum.high + Math.max(0, high) }), {
    ...noReach,
  });

type Images = Pick<ModelManifest, 'channels' | 'optionalImages'>;

/** Summed, and raised where the package says that images reach further together; a required one is never missing here. */
const reachOfImages = (missing: readonly Reach[], { channels, optionalImages }: Images): Reach => {
  const sum = together(missing);
  if (missing.length < 2 || !optionalImages) return sum;
  const optional = channels.filter(({ required }) => !required);
  const ofAll = together(optional.flatMap(({ spread }) => (spread ? [{ low: spread[0], high: spread[1] }] : [])));
  const [low, high] = optionalImages.spread;
  const raised = (measured: number, summed: number) => (summed === 0 ? 1 : Math.max(1, measured / summed));
  return { low: sum.low * raised(low, ofAll.low), high: sum.high * raised(high, ofAll.high) };
};

/**
 * How far everything that is missing reaches together; undefined where the package does not state it for an image that is
 * missing. A missing factor stands at its training mean, a missing image at zero.
 */
export const reachOfMissing = (
  inputs: readonly ClinicalInput[],
  manifest: Images,
  channels: readonly { role: string; coverage: number }[],
): Reach | undefined => {
  const factors = inputs.filter(({ value }) => value === null).map(({ factor }) => contributionRange(factor));
  const absent = manifest.channels.filter(({ role }) => !channels.some((one) => one.role === role && one.coverage > 0));
  const images = absent.flatMap(({ spread }) => (spread ? [{ low: spread[0], high: spread[1] }] : []));
  return images.length < absent.length ? undefined : together([...factors, reachOfImages(images, manifest)]);
};

/** Holds the reported probability itself, whatever the members say. */
export const predictionInterval = (
  members: readonly number[],
  level: number,
  logit: number,
  reach: Reach = noReach,
): NonNullable<Prediction['interval']> => {
  const sorted = [...members].sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  const below = Math.max(0, logit - quantile(sorted, tail));
  const above = Math.max(0, quantile(sorted, 1 - tail) - logit);
  return {
    level,
    low: sigmoid(logit - Math.hypot(below, reach.low)),
    high: sigmoid(logit + Math.hypot(above, reach.high)),
    ...(reach.low < 0 || reach.high > 0 ? { widened: true } : {}),
  };
};
