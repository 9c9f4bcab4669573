/**
 * Child–Pugh points and class. INR is used where it is known, else the prolongation of the prothrombin time in seconds;
 * the time alone is not a prolongation and gives no points.
 */
import { canonicalNumber } from '../canonical.ts';
import type { FactorId, FactorValues } from '../factor-values.ts';
import { type Score, scoreInputs } from './score.ts';

const formula =
  'Points 1 / 2 / 3: albumin > 35 / 28–35 / < 28 g/L; bilirubin < 34.2 / 34.2–51.3 / > 51.3 µmol/L; INR < 1.7 / 1.7–2.3 / > 2.3, without it prothrombin time prolonged < 4 / 4–6 / > 6 s; ' +
  'ascites none / mild / moderate–severe; encephalopathy none / 1–2 / 3–4. A 5–6, B 7–9, C 10–15';
const source =
  'Pugh RNH et al. Br J Surg 1973;60:646; thresholds as in PMC6497276 (bilirubin 2 and 3 mg/dL), prolongation as at patientresource.com';

const inputs = ['albumin', 'bilirubin', 'inr', 'ascites', 'encephalopathy'] as const satisfies readonly FactorId[];
type Input = (typeof inputs)[number] | 'ptProlongation';

// 2 and 3 mg/dL. The product is rounded, or 3 mg/dL (3 × 17.1 = 51.300000000000004) would count as more than 3.
const perMilligram = 17.1;
const milligrams = (bilirubin: number): number => Number((bilirubin / perMilligram).toFixed(6));

const points: Readonly<Record<Input, (value: number) => number>> = {
  albumin: (value) => (value > 35 ? 1 : value >= 28 ? 2 : 3),
  bilirubin: (value) => (milligrams(value) < 2 ? 1 : milligrams(value) <= 3 ? 2 : 3),
  inr: (value) => (value < 1.7 ? 1 : value <= 2.3 ? 2 : 3),
  ptProlongation: (seconds) => (seconds < 4 ? 1 : seconds <= 6 ? 2 : 3),
  ascites: (code) => code + 1,
  encephalopathy: (code) => code + 1,
};

export const childPughClass = (total: number): 'A' | 'B' | 'C' => {
  if (total <= 6) return 'A';
  return total <= 9 ? 'B' : 'C';
};

const usesSeconds = (values: FactorValues): boolean =>
  canonicalNumber(values, 'inr') === undefined && canonicalNumber(values, 'ptProlongation') !== undefined;

/**
 * A value known to lie beyond its limit lies on that side of a cut at the limit: albumin `<28` is under 28 and has 3
 * points. The share is finer than any laboratory reports and coarser than the rounding of a bilirubin.
 */
const BEYOND = 1e-5;
const side = (values: FactorValues, id: FactorId): number => {
  const comparator = values[id]?.comparator;
  if (comparator === '<') return 1 - BEYOND;
  return comparator === '>' ? 1 + BEYOND : 1;
};

export const childPugh = (values: FactorValues): Score => {
  const asked: readonly Input[] = inputs.map((id) => (id === 'inr' && usesSeconds(values) ? 'ptProlongation' : id));
  const { missing, value } = scoreInputs(values, asked);
  const given: Partial<Record<Input, number>> = {};
  for (const id of asked) if (!missing.includes(id)) given[id] = points[id](value(id) * side(values, id));
  const common = { id: 'childPugh', formula, source, inputsMissing: missing, points: given, reasons: [] } as const;
  if (missing.length > 0) return { ...common, value: null };
  const total = Object.values(given).reduce((sum, one) => sum + one, 0);
  return { ...common, value: total, grade: childPughClass(total) };
};
