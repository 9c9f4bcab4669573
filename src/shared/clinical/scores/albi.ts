/** Albumin–bilirubin score and grade. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, scoreInputs } from './score.ts';

const formula = '0.66 · log10(bilirubin, µmol/L) − 0.085 · albumin, g/L; grade 1 ≤ −2.60 < 2 ≤ −1.39 < 3';
const source = 'Johnson PJ et al. J Clin Oncol 2015;33:550; formula as in PMC6497276 and PMC5473065';

/** @param bilirubin µmol/L @param albumin g/L */
export const albiValue = (bilirubin: number, albumin: number): number => 0.66 * Math.log10(bilirubin) - 0.085 * albumin;

export const albiGrade = (value: number): '1' | '2' | '3' => {
  if (value <= -2.6) return '1';
  return value <= -1.39 ? '2' : '3';
};

export const albi = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, ['bilirubin', 'albumin']);
  const common = { id: 'albi', formula, source, inputsMissing: missing, reasons: [] } as const;
  if (missing.length > 0) return { ...common, value: null };
  const result = albiValue(value('bilirubin'), value('albumin'));
  return { ...common, value: result, grade: albiGrade(result) };
};
