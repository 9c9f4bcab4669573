/** Neutrophil–lymphocyte and platelet–lymphocyte ratios. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, scoreInputs } from './score.ts';

const ratio = (
  values: FactorValues,
  score: Pick<Score, 'formula' | 'source'> & { id: 'nlr' | 'plr' },
  numerator: 'neutrophils' | 'platelets',
): Score => {
  const { missing, value } = scoreInputs(values, [numerator, 'lymphocytes']);
  const common = { ...score, inputsMissing: missing, reasons: [] };
  // A count of 0 is refused where it is entered, so there is always a ratio.
  return { ...common, value: missing.length > 0 ? null : value(numerator) / value('lymphocytes') };
};

/** The cut-off of 2.90 for HAIC (X-tile) is a comparator of one cohort, not a grade. */
export const nlr = (values: FactorValues): Score =>
  ratio(
    values,
    {
      id: 'nlr',
      formula: 'neutrophils / lymphocytes, both in 10^9/L',
      source: 'Definition; PMC9989621',
    },
    'neutrophils',
  );

export const plr = (values: FactorValues): Score =>
  ratio(values, { id: 'plr', formula: 'platelets / lymphocytes, both in 10^9/L', source: 'Definition' }, 'platelets');
