/** Sum of the largest diameter in cm and the number of tumours, as two rules read it. */
import type { FactorValues } from '../factor-values.ts';
import { type Score, type ScoreReason, scoreInputs } from './score.ts';

const millimetresPerCentimetre = 10;

/** Rounded to 0.1 µm: 41.1 mm is 4.11 cm, not 4.109999999999999, where a threshold is compared. */
const burden = (diameterMm: number, number: number): number =>
  Number((diameterMm / millimetresPerCentimetre + number).toFixed(5));

const sixAndTwelveGrade = (sum: number): string => {
  if (sum <= 6) return 'low';
  return sum <= 12 ? 'intermediate' : 'high';
};

export const sixAndTwelve = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, ['largestDiameter', 'tumourNumber']);
  const reasons: ScoreReason[] = [
    {
      code: 'derived-for-tace',
      text: 'Derived in patients treated with TACE, BCLC A or B, Child–Pugh A5–B7. It describes survival, not response to HAIC.',
    },
  ];
  const common = {
    id: 'sixAndTwelve',
    formula: 'largest diameter, cm + number of tumours; low ≤ 6 < intermediate ≤ 12 < high',
    source: 'Wang Q et al. J Hepatol 2019;70:893',
    inputsMissing: missing,
    reasons,
  } as const;
  if (missing.length > 0) return { ...common, value: null };
  const sum = burden(value('largestDiameter'), value('tumourNumber'));
  return { ...common, value: sum, grade: sixAndTwelveGrade(sum) };
};

export const upToSeven = (values: FactorValues): Score => {
  const { missing, value } = scoreInputs(values, ['largestDiameter', 'tumourNumber']);
  const reasons: ScoreReason[] = [
    {
      code: 'no-microvascular-invasion',
      text: 'Made for transplantation in the absence of microvascular invasion, which images do not show.',
    },
  ];
  const common = {
    id: 'upToSeven',
    formula: 'largest diameter, cm + number of tumours; within ≤ 7 < beyond',
    source: 'Mazzaferro V et al. Lancet Oncol 2009;10:35',
    inputsMissing: missing,
    reasons,
  } as const;
  if (missing.length > 0) return { ...common, value: null };
  const sum = burden(value('largestDiameter'), value('tumourNumber'));
  return { ...common, value: sum, grade: sum <= 7 ? 'within' : 'beyond' };
};
