/** Platelet–albumin–bilirubin grade. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, scoreInputs } from './score.ts';

const formula =
  '2.02 · log10 B − 0.37 · (log10 B)² − 0.04 · A − 3.48 · log10 P + 1.01 · (log10 P)² with bilirubin B µmol/L, albumin A g/L, ' +
  'platelets P 10^9/L; grade 1 ≤ −2.53 < 2 ≤ −2.09 < 3';
const source = 'PMC6497276; units as in PMC5859293 Table 1';

export const palbiGrade = (value: number): '1' | '2' | '3' => {
  if (value <= -2.53) return '1';
  return value <= -2.09 ? '2' : '3';
};

export const palbi = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, ['bilirubin', 'albumin', 'platelets']);
  const common = { id: 'palbi', formula, source, inputsMissing: missing, reasons: [] } as const;
  if (missing.length > 0) return { ...common, value: null };
  const b = Math.log10(value('bilirubin'));
  const p = Math.log10(value('platelets'));
  const result = 2.02 * b - 0.37 * b ** 2 - 0.04 * value('albumin') - 3.48 * p + 1.01 * p ** 2;
  return { ...common, value: result, grade: palbiGrade(result) };
};
