/**
 * What a made-up model said of a patient of the demonstration history, before the outcome was drawn into the open. It stands
 * on the page of evidence alone, so that there is something to try the page on. Pure, and the same for the same patient.
 */
import type { PredictionFacts } from '../../model/prediction.ts';
import { sigmoid } from '../../statistics/log-odds.ts';
import type { Outcome } from '../outcome.ts';
import { seededRandom } from './random.ts';

const SEED = 518_091;
/** Standard deviations between responders and others: an AUC of about 0.8 (Φ(d/√2)). */
const APART = 1.2;
/** Log-odds by which it promises too much, for the calibration, the recalibration and the watch to find. */
const TOO_MUCH = 1.2;
const THRESHOLD = 0.5;
/** One in so many is withheld, as unlike the training patients. */
const WITHHELD_EVERY = 20;

export const SIMULATED_MODEL = { id: 'simulated-history', version: '1.0.0' } as const;

const numberOf = (patientId: string): number => Number(/\d+$/.exec(patientId)?.[0] ?? 0);

export const simulatedPrediction = (patientId: string, outcome: Outcome): PredictionFacts | undefined => {
  const response = outcome.best.mrecist?.response;
  if (response === undefined) return undefined;
  const number = numberOf(patientId);
  const random = seededRandom(SEED + number);
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const isResponder = response === 'CR' || response === 'PR';
  // Two normal distributions of equal width: the log of their ratio is APART times the place between them.
  const place = normal + (isResponder ? APART / 2 : -APART / 2);
  const probability = sigmoid(APART * place + TOO_MUCH);
  const isWithheld = number % WITHHELD_EVERY === 0;
  const reason = {
    code: 'unlike-training',
    text: 'Made up: this case is unlike the patients that the model was made from.',
    // Made up like the rest: the sentence names both.
    params: { distance: 4, limit: 3 },
  };
  return {
    createdAt: `${outcome.start ?? outcome.confirmedAt.slice(0, 10)}T08:00:00.000Z`,
    probability,
    threshold: THRESHOLD,
    decision: isWithheld ? 'withheld' : probability >= THRESHOLD ? 'above-threshold' : 'below-threshold',
    withheldBecause: isWithheld ? [reason] : [],
    clinicalContributions: [],
    model: { ...SIMULATED_MODEL, status: 'simulated', sha256: '', criterion: 'mRECIST', baseRate: 0.5 },
  };
};
