/** Columns of `cohort.csv` that say who a patient was, what was measured and how it came out: read and written by these alone. */
import { type FactorId, factorIdSchema } from '../clinical/factor-values.ts';
import { modelInputUnit } from '../clinical/model-inputs.ts';

export const outcomeColumns = [
  'response',
  'criterion',
  'split',
  'date',
  'os_days',
  'os_event',
  'pfs_days',
  'pfs_event',
] as const;
export type OutcomeColumn = (typeof outcomeColumns)[number];

export interface FactorColumn {
  readonly id: FactorId;
  /** Undefined for a choice or a count. */
  readonly unit: string | undefined;
}

/**
 * A factor's unit stands after a colon (`afp:ng/mL`); without one the canonical unit is meant. Undefined where the name is no
 * factor's; `unknown` where it has a unit all the same.
 */
export const factorColumn = (header: string): FactorColumn | 'unknown' | undefined => {
  const colon = header.indexOf(':');
  const name = colon < 0 ? header : header.slice(0, colon).trim();
  const id = factorIdSchema.safeParse(name);
  if (!id.success) return colon < 0 ? undefined : 'unknown';
  const unit = colon < 0 ? modelInputUnit(id.data) : header.slice(colon + 1).trim();
  return { id: id.data, unit: unit === '1' ? undefined : unit };
};

/** How a factor's column is headed where its values stand in the canonical unit. */
export const factorHeader = (id: FactorId): string => {
  const unit = modelInputUnit(id);
  return unit === undefined || unit === '1' ? id : `${id}:${unit}`;
};
