import { type FactorId, type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import { compact, isoDate } from '../../format.ts';

export interface FactorRow {
  id: FactorId;
  /** Id of the chosen option; empty for a measured factor. */
  choice: string;
  number: string;
  unit: string;
  assay: string;
  date: string;
}

/** The entered factors in the order of the form. */
export const factorRows = (factors: FactorValues): FactorRow[] =>
  factorIds.flatMap((id) => {
    const entry = factors[id];
    if (!entry) return [];
    const measured = typeof entry.value === 'number';
    return [
      {
        id,
        choice: measured ? '' : String(entry.value),
        number: typeof entry.value === 'number' ? compact(entry.value) : '',
        unit: entry.unit ?? '',
        assay: entry.assay ?? '',
        date: isoDate(entry.date),
      },
    ];
  });
