/** CRP and AFP in immunotherapy: prognostic after immunotherapy, with or without locoregional treatment. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, type ScoreReason, scoreInputs } from './score.ts';

const formula = '1 point for AFP ≥ 100 ng/mL, 1 point for CRP ≥ 10 mg/L (1 mg/dL); low 0, intermediate 1, high 2';
const source =
  'Scheiner B et al. J Hepatol 2022;76:353; with locoregional treatment: Hepatol Int 2023;17:1279 (PMID 37129721)';
const grades = ['low', 'intermediate', 'high'] as const;

const prognosticOnly: ScoreReason = {
  code: 'prognostic-only',
  text: 'Describes survival after immunotherapy. It was not validated for response to HAIC.',
};

export const crafity = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, ['afp', 'crp']);
  const common = { id: 'crafity', formula, source, inputsMissing: missing, reasons: [prognosticOnly] } as const;
  if (missing.length > 0) return { ...common, value: null };
  const afp = value('afp') >= 100 ? 1 : 0;
  const crp = value('crp') >= 10 ? 1 : 0;
  const total = afp + crp;
  return { ...common, value: total, grade: grades[total] ?? 'high', points: { afp, crp } };
};
