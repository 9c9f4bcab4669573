import { type Criterion, criterionNames } from '#shared/clinical/response/timeline.ts';
import { AppError } from '#shared/errors.ts';
import { type EvidenceRow, keyOfModel } from '#shared/evidence/evidence-row.ts';
import {
  ADOPTED,
  type Adopted,
  isOf,
  type KeptRecalibration,
  type OfModel,
  type OfPatients,
  recalibrationInForce,
  recalibrationsFrom,
  WITHDRAWN,
} from '#shared/evidence/recalibration/kept.ts';
import { outcomesOf } from '#shared/evidence/recalibration/outcomes.ts';
import { isRecalibration, proposeRecalibration } from '#shared/evidence/recalibration/recalibrate.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { RecordsStore } from '../cases/records-store.ts';

type Store = Pick<RecordsStore, 'entriesOf' | 'record'>;

/** Every recalibration that was ever taken into use here, newest first. */
export const keptRecalibrations = (store: Pick<Store, 'entriesOf'>): KeptRecalibration[] =>
  recalibrationsFrom(store.entriesOf([ADOPTED, WITHDRAWN]));

const refused = (why: string) =>
  new AppError(
    'recalibration-refused',
    'The outcomes do not ask for a recalibration, or are too few for one. The model stays as it was.',
    { params: { why } },
  );

/**
 * Takes into use what the closed courses ask for: it is computed here, whatever the page showed. Throws `recalibration-refused`.
 * @param criterion by which the model's event is read
 */
export const adoptRecalibration = (
  store: Store,
  { rows, simulated }: { rows: readonly EvidenceRow[]; simulated: boolean },
  { model, criterion }: { model: OfModel['model']; criterion: Criterion },
  actor: Actor,
): KeptRecalibration[] => {
  const found = proposeRecalibration(outcomesOf(rows, keyOfModel(model), criterion));
  if (!isRecalibration(found)) throw refused(found.why);
  const of = { model, criterion: criterionNames[criterion] };
  const before = keptRecalibrations(store).filter((one) => isOf(one, of));
  const { kind, intercept, slope, patients, events, from, to, crossFit } = found;
  const detail: Adopted = {
    ...of,
    number: before.length + 1,
    kind,
    intercept,
    slope,
    patients,
    events,
    first: from,
    last: to,
    scores: { original: crossFit.original, recalibrated: crossFit.recalibrated },
    simulated,
  };
  store.record({ action: ADOPTED, caseId: null, detail }, actor);
  return keptRecalibrations(store);
};

/** Switches off what is in force; nothing happens where nothing is. */
export const withdrawRecalibration = (store: Store, of: OfPatients, actor: Actor): KeptRecalibration[] => {
  const present = recalibrationInForce(keptRecalibrations(store), of);
  if (present) {
    const { model, criterion, number, simulated } = present;
    store.record({ action: WITHDRAWN, caseId: null, detail: { model, criterion, number, simulated } }, actor);
  }
  return keptRecalibrations(store);
};
