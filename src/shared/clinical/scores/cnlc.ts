/**
 * CNLC stage (中国肝癌分期), suggested; the doctor decides. Unlike BCLC, ECOG 1–2 does not raise it. Where an input is
 * missing, every stage that remains possible is a candidate; none is assumed.
 */
import { canonicalNumber } from '../canonical.ts';
import type { FactorId, FactorValues } from '../factor-values.ts';
import { childPugh } from './child-pugh.ts';
import {
  portalInvasion,
  possibleBurdens,
  possibleInvasion,
  possibleSpread,
  possiblyClassC,
  tumourInputsMissing,
} from './possible.ts';
import type { ScoreReason, StageSuggestion } from './score.ts';

export const cnlcStages = ['Ia', 'Ib', 'IIa', 'IIb', 'IIIa', 'IIIb', 'IV'] as const;
export type CnlcStage = (typeof cnlcStages)[number];

const formula =
  'IV: ECOG 3–4 or Child–Pugh C. IIIb: extrahepatic spread. IIIa: tumour in portal vein, hepatic vein or vena cava. ' +
  'Ia: single ≤ 5 cm. Ib: single > 5 cm, or 2–3, the largest ≤ 3 cm. IIa: 2–3, the largest > 3 cm. IIb: 4 or more';
const source =
  'Chinese guideline for primary liver cancer (原发性肝癌诊疗指南), 2024 and 2026, which agree; read in secondary accounts';

type Burden = 'Ia' | 'Ib' | 'IIa' | 'IIb';

const severalMm = 30;
const singleMm = 50;

const burdenOf = (number: number, diameterMm: number): Burden => {
  if (number === 1) return diameterMm <= singleMm ? 'Ia' : 'Ib';
  if (number > 3) return 'IIb';
  return diameterMm <= severalMm ? 'Ib' : 'IIa';
};

const disabledOf = (ecog: number | undefined): readonly boolean[] => (ecog === undefined ? [false, true] : [ecog > 2]);

const stageOf = (end: boolean, spread: boolean, invasion: boolean, burden: Burden): CnlcStage => {
  if (end) return 'IV';
  if (spread) return 'IIIb';
  return invasion ? 'IIIa' : burden;
};

const possibleStages = (values: FactorValues, disabled: readonly boolean[]): CnlcStage[] => {
  const found = new Set<CnlcStage>();
  for (const unfit of disabled)
    for (const classC of possiblyClassC(values))
      for (const spread of possibleSpread(values))
        for (const invasion of possibleInvasion(values))
          for (const burden of possibleBurdens(values, burdenOf, [severalMm, singleMm, singleMm + 1]))
            found.add(stageOf(unfit || classC, spread, invasion, burden));
  return cnlcStages.filter((stage) => found.has(stage));
};

const reasonsFor = (stage: CnlcStage, values: FactorValues, ecog: number): ScoreReason[] => {
  if (stage === 'IV') {
    const unfit: ScoreReason[] = ecog > 2 ? [{ code: 'performance', text: `ECOG ${ecog}`, params: { ecog } }] : [];
    const endStage: ScoreReason[] = possiblyClassC(values).includes(false)
      ? []
      : [{ code: 'class-c', text: 'Child–Pugh C' }];
    return [...unfit, ...endStage];
  }
  if (stage === 'IIIb') return [{ code: 'extrahepatic-spread', text: 'Extrahepatic spread' }];
  if (stage === 'IIIa') {
    const portal: ScoreReason[] =
      (portalInvasion(values) ?? 0) > 0 ? [{ code: 'portal-thrombus', text: 'Tumour in the portal vein' }] : [];
    const hepatic: ScoreReason[] =
      (canonicalNumber(values, 'hepaticVeinInvasion') ?? 0) > 0
        ? [{ code: 'hepatic-vein-thrombus', text: 'Tumour in the hepatic vein or vena cava' }]
        : [];
    return [...portal, ...hepatic];
  }
  const number = canonicalNumber(values, 'tumourNumber') ?? 0;
  const cm = Number(((canonicalNumber(values, 'largestDiameter') ?? 0) / 10).toFixed(1));
  if (cm === 0) return [{ code: 'many-tumours', text: `Tumours: ${number}`, params: { number } }];
  return [{ code: 'size-and-number', text: `Tumours: ${number}, the largest ${cm} cm`, params: { number, cm } }];
};

export const cnlc = (values: FactorValues): StageSuggestion => {
  const ecog = canonicalNumber(values, 'ecog');
  const candidates = possibleStages(values, disabledOf(ecog));
  const common = { id: 'cnlc', value: null, edition: '2026', formula, source, candidates } as const;
  const [stage] = candidates;
  if (candidates.length === 1 && stage !== undefined) {
    return { ...common, grade: stage, inputsMissing: [], reasons: reasonsFor(stage, values, ecog ?? 0) };
  }
  const missingEcog: readonly FactorId[] = ecog === undefined ? ['ecog'] : [];
  const inputsMissing = [...missingEcog, ...tumourInputsMissing(values), ...childPugh(values).inputsMissing];
  const stages = candidates.join(', ');
  const reasons: ScoreReason[] = [{ code: 'undecided', text: `Still possible: ${stages}.`, params: { stages } }];
  return { ...common, inputsMissing, reasons };
};
