/** What a prediction is of and how far it holds, in sentences for other systems: English, since objects declare one language. Pure. */

import type { RecalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import { bannerOf } from '#shared/model/banner.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { PredictionSaid } from './reported-case.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const intervalOf = ({ interval }: Prediction): string =>
  interval
    ? `Interval: ${percent(interval.low)} to ${percent(interval.high)} at ${percent(interval.level)}${interval.widened ? ', widened for what is missing' : ''}.`
    : 'The model gives no interval for this case.';

const recalibratedSentences = (result: RecalibratedResult): string[] => {
  const { number, probability, low, high, patients, events, simulated } = result;
  const ends = low === null || high === null ? '' : ` (${percent(low)} to ${percent(high)})`;
  return [
    ...(simulated ? ['The cohort of the recalibration is simulated.'] : []),
    `Recalibrated on this hospital's own outcomes (version ${number}, ${patients} closed cases, ${events} with response): ${percent(probability)}${ends}. The comparison with the threshold stays that of the original.`,
  ];
};

/** Nothing where there is no prediction that may be spoken of; no number where it is withheld. */
export const limitsOf = (said: PredictionSaid): string[] => {
  if (said.state === 'none' || said.state === 'covered') return [];
  const { prediction } = said;
  const { model, warnings } = prediction;
  const banner = bannerOf(model.status);
  const endpoint = `Endpoint: complete or partial response to HAIC by ${model.criterion}; best response, without a time horizon.`;
  const always = [
    ...(banner ? [banner] : []),
    ...(model.status === 'simulated' ? ['The cohort that the model was made with is simulated.'] : []),
  ];
  if (said.state === 'withheld') return [...always, endpoint];
  return [
    ...always,
    endpoint,
    intervalOf(prediction),
    ...(said.recalibrated ? recalibratedSentences(said.recalibrated) : []),
    `Share of responders that the model was made with: ${percent(model.baseRate)}.`,
    ...warnings.filter(({ severity }) => severity !== 'info').map(({ text }) => `Warning: ${text}`),
  ];
};
