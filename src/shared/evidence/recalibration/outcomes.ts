/** Whose outcomes a model is recalibrated on: everybody who can be evaluated, whatever filters are set. Pure. */
import type { Criterion } from '../../clinical/response/timeline.ts';
import { cohortOf } from '../cohort.ts';
import type { EvidenceRow } from '../evidence-row.ts';
import type { DatedOutcome } from './recalibrate.ts';

/** @param model `id version` */
export const outcomesOf = (rows: readonly EvidenceRow[], model: string, criterion: Criterion): DatedOutcome[] =>
  cohortOf(rows, { model, criterion, endpoint: 'pfs' }).evaluated.map(({ date, probability, outcome }) => ({
    date,
    probability,
    outcome,
  }));
