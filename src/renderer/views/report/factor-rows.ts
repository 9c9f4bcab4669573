import { type FactorId, type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import { entryText, unitLabel } from '#shared/clinical/labels.ts';
import { parseFactor } from '#shared/clinical/parse-factors.ts';
import { isoDate } from '#shared/format.ts';

export interface FactorRow {
  id: FactorId;
  /** Id of the chosen option; empty for a measured factor. */
  choice: string;
  /** As it was entered, `>60500` for one: a report rounds nothing. */
  number: string;
  /** Empty where the quantity has none; `years` is left to the language. */
  unit: string;
  assay: string;
  /** Nanograms per IU that a value in IU/mL was converted with; empty otherwise. */
  ngPerIU: string;
  origin: 'lesion' | 'study' | undefined;
  date: string;
}

/** The entered factors in the order of the form; what was refused is no value and not among them. */
export const factorRows = (factors: FactorValues): FactorRow[] =>
  factorIds.flatMap((id) => {
    const entry = factors[id] && parseFactor(id, factors[id]).entry;
    if (!entry) return [];
    const measured = typeof entry.value === 'number';
    return [
      {
        id,
        choice: measured ? '' : String(entry.value),
        number: measured ? entryText(entry) : '',
        unit: unitLabel(entry.unit ?? ''),
        assay: entry.assay ?? '',
        ngPerIU: entry.ngPerIU === undefined ? '' : String(entry.ngPerIU),
        origin: entry.origin === 'user' ? undefined : entry.origin,
        date: isoDate(entry.date),
      },
    ];
  });
