/** Neutrophil–lymphocyte and platelet–lymphocyte ratios. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, type ScoreReason, scoreInputs } from './score.ts';

const noLymphocytes: ScoreReason = {
  code: 'no-lymphocytes',
  text: 'The lymphocyte count is 0: there is no ratio to it. Check the count.',
};

const ratio = (
  values: FactorValues,
  score: Pick<Score, 'formula' | 'source'> & { id: 'nlr' | 'plr' },
  numerator: 'neutrophils' | 'platelets',
): Score => {
  const { missing, value } = scoreInputs(values, [numerator, 'lymphocytes']);
  const common = { ...score, inputsMissing: missing };
  if (missing.length > 0) return { ...common, value: null, reasons: [] };
  const result = value(numerator) / value('lymphocytes');
  if (!Number.isFinite(result)) return { ...common, value: null, reasons: [noLymphocytes] };
  return { ...common, value: result, reasons: [] };
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
