/**
 * What a model would say of this patient's images with other clinical values: a number about nobody. It has no id, so that it
 * can be neither saved nor reported, and it is never made of a prediction that is withheld or covered. Pure.
 */
import { z } from 'zod';
import { sigmoid } from '../statistics/log-odds.ts';
import type { ModelFactor } from './manifest.ts';
import {
  clinicalContributionSchema,
  type Prediction,
  predictionRequestSchema,
  predictionSchema,
  predictionWarningSchema,
  withheldReasonSchema,
} from './prediction.ts';
import { standardise, withinTraining } from './standardise.ts';

/** `factors`: the changed ones. Roles and lesions are those that the prediction was made from. */
export const whatIfRequestSchema = predictionRequestSchema.extend({
  /** The prediction beside which it stands: of this session, or of the case. */
  predictionId: z.string(),
  caseId: z.string().optional(),
});
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;

export const whatIfSchema = z.discriminatedUnion('state', [
  /** `because`: why the changed values would withhold it; empty where the patient's own number is withheld already. */
  z.object({ state: z.literal('withheld'), because: z.array(withheldReasonSchema) }),
  /** A tumour board keeps the model covered. */
  z.object({ state: z.literal('covered') }),
  z.object({
    state: z.literal('shown'),
    probability: z.number(),
    interval: predictionSchema.shape.interval,
    clinicalContributions: z.array(clinicalContributionSchema),
    /** About the clinical values alone. */
    warnings: z.array(predictionWarningSchema),
  }),
]);
export type WhatIf = z.infer<typeof whatIfSchema>;

const ABOUT_FACTORS = [
  'missing-factor',
  'unusable-factor',
  'out-of-range',
  'clamped',
  'censored',
  'contradiction',
  'hold-flag',
];

/** Of a whole prediction made with the changed values, what may be shown. */
export const whatIfOf = (made: Prediction): WhatIf => {
  if (made.decision === 'withheld') return { state: 'withheld', because: made.withheldBecause };
  const { probability, interval, clinicalContributions } = made;
  const warnings = made.warnings.filter(({ code }) => ABOUT_FACTORS.includes(code));
  return { state: 'shown', probability, interval, clinicalContributions, warnings };
};

/** How many places along a factor's range are computed. */
export const PLACES = 11;

export interface Along {
  /** In the model's unit. */
  readonly value: number;
  readonly probability: number;
}

/**
 * The probability along the range in which training saw a factor, everything else as it is. The head is additive, and every
 * prediction is refused unless its parts add up: so this is the model's own answer, and needs no run of it. Spaced evenly on the
 * scale on which the factor counts where that is a logarithm. Empty for yes/no factors, and where no range is stated.
 */
export const probabilityAlong = (
  { logit, clinicalContributions }: Pick<Prediction, 'logit' | 'clinicalContributions'>,
  factor: ModelFactor,
): Along[] => {
  const { range } = factor;
  const own = clinicalContributions.find((one) => one.factor === factor.id);
  if (!range || !own) return [];
  const [low, high] = range;
  const isLog = factor.transform.startsWith('log') && low > 0;
  const at = (share: number) => (isLog ? low * (high / low) ** share : low + (high - low) * share);
  return Array.from({ length: PLACES }, (_none, place) => {
    const value = at(place / (PLACES - 1));
    const contribution = factor.coefficient * standardise(factor, withinTraining(factor, value));
    return { value, probability: sigmoid(logit - own.contribution + contribution) };
  }).filter(({ probability }) => Number.isFinite(probability));
};
