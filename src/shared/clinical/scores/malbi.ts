/**
 * Modified ALBI of Hiraoka: ALBI with its second grade parted. Another score of the same name (Cancers 2022, cuts −3.02
 * and −2.08) has three grades, so the author is part of the name.
 */
import type { FactorValues } from '../factor-values.ts';
import { albi } from './albi.ts';
import type { Score } from './score.ts';

const formula = 'ALBI; grade 1 ≤ −2.60 < 2a ≤ −2.27 < 2b ≤ −1.39 < 3';
const source = 'mALBI (Hiraoka), cut-offs as in World J Gastrointest Oncol 2023;15:1771, Table 1';

export const malbiGrade = (value: number): '1' | '2a' | '2b' | '3' => {
  if (value <= -2.6) return '1';
  if (value <= -2.27) return '2a';
  return value <= -1.39 ? '2b' : '3';
};

export const malbi = (values: FactorValues): Score => {
  const { value, inputsMissing } = albi(values);
  const common = { id: 'malbi', value, formula, source, inputsMissing, reasons: [] } as const;
  return value === null ? common : { ...common, grade: malbiGrade(value) };
};
