/** Child–Pugh points and class. INR is used; prothrombin time alone is not a prolongation and gives no points. */
import type { FactorId, FactorValues } from '../factor-values.ts';
import { type Score, scoreInputs } from './score.ts';

const formula =
  'Points 1 / 2 / 3: albumin > 35 / 28–35 / < 28 g/L; bilirubin < 34.2 / 34.2–51.3 / > 51.3 µmol/L; INR < 1.7 / 1.7–2.3 / > 2.3; ' +
  'ascites none / mild / moderate–severe; encephalopathy none / 1–2 / 3–4. A 5–6, B 7–9, C 10–15';
const source = 'Pugh RNH et al. Br J Surg 1973;60:646; thresholds as in PMC6497276 (bilirubin 2 and 3 mg/dL)';

const inputs = ['albumin', 'bilirubin', 'inr', 'ascites', 'encephalopathy'] as const satisfies readonly FactorId[];
type Input = (typeof inputs)[number];

// 2 and 3 mg/dL. The product is rounded, or 3 mg/dL (3 × 17.1 = 51.300000000000004) would count as more than 3.
const perMilligram = 17.1;
const milligrams = (bilirubin: number): number => Number((bilirubin / perMilligram).toFixed(6));

const points: Readonly<Record<Input, (value: number) => number>> = {
  albumin: (value) => (value > 35 ? 1 : value >= 28 ? 2 : 3),
  bilirubin: (value) => (milligrams(value) < 2 ? 1 : milligrams(value) <= 3 ? 2 : 3),
  inr: (value) => (value < 1.7 ? 1 : value <= 2.3 ? 2 : 3),
  ascites: (code) => code + 1,
  encephalopathy: (code) => code + 1,
};

export const childPughClass = (total: number): 'A' | 'B' | 'C' => {
  if (total <= 6) return 'A';
  return total <= 9 ? 'B' : 'C';
};

export const childPugh = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, inputs);
  const given: Partial<Record<Input, number>> = {};
  for (const id of inputs) if (!missing.includes(id)) given[id] = points[id](value(id));
  const common = { id: 'childPugh', formula, source, inputsMissing: missing, points: given, reasons: [] } as const;
  if (missing.length > 0) return { ...common, value: null };
  const total = Object.values(given).reduce((sum, one) => sum + one, 0);
  return { ...common, value: total, grade: childPughClass(total) };
};
