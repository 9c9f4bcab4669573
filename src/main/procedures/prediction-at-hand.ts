import { AppError } from '#shared/errors.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Vault } from '../cases/vault.ts';
import type { Session } from './draft.ts';

/** Of this session, or the kept case's own. Throws `prediction-unknown`. */
export const predictionAtHand = (
  { session, vault }: { session: Session; vault: Pick<Vault, 'store'> },
  predictionId: string,
  caseId: string | undefined,
): Prediction => {
  const kept = caseId === undefined ? [] : vault.store().get(caseId).predictions;
  const found = session.made(predictionId) ?? kept.find(({ id }) => id === predictionId);
  if (found) return found;
  throw new AppError('prediction-unknown', 'This prediction is no longer at hand. Predict again.');
};
