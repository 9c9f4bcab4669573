/** What a kept case says of itself by several of its fields. Pure. */
import type { Prediction } from '../model/prediction.ts';
import type { SavedCase } from './case.ts';

/** The prediction that is about the case as it is now: the newest, unless the inputs were changed after it. */
export const predictionInForce = ({
  predictionOutdated,
  predictions,
}: Pick<SavedCase, 'predictionOutdated' | 'predictions'>): Prediction | undefined =>
  predictionOutdated ? undefined : predictions[0];

/** The patient is made up: of the demonstration study, or of the demonstration history. */
export const isSimulatedCase = ({ source }: Pick<SavedCase, 'source'>): boolean =>
  source.kind === 'simulated' || source.kind === 'demo';
