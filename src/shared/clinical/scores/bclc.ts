/**
 * BCLC stage, suggested: the 2022 edition read literally from what was entered. The doctor decides, not least whether
 * liver function is preserved and whether end-stage liver disease could be transplanted, neither of which follows from
 * these inputs. Performance status counts only where the tumour is its cause. Where an input is missing, every stage
 * that remains possible is a candidate; none is assumed.
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

export const bclcStages = ['0', 'A', 'B', 'C', 'D'] as const;
export type BclcStage = (typeof bclcStages)[number];

const formula =
  'D: ECOG 3–4 or Child–Pugh C. C: ECOG 1–2, portal or hepatic vein invasion, or extrahepatic spread. ' +
  '0: single ≤ 2 cm. A: single, or up to 3, each ≤ 3 cm. B: more than that. ECOG counts where the tumour is its cause';
const source =
  'Reig M et al. J Hepatol 2022;76:681 (PMC8866082), staging kept in the 2025 update; macrovascular invasion as in PMC6465743';

type Performance = 'fully-active' | 'restricted' | 'disabled';
type Burden = '0' | 'A' | 'B';

const smallMm = 20;
const nodulesMm = 30;

const stageOf = (
  performance: Performance,
  endStage: boolean,
  invasion: boolean,
  spread: boolean,
  burden: Burden,
): BclcStage => {
  if (performance === 'disabled' || endStage) return 'D';
  return performance === 'restricted' || invasion || spread ? 'C' : burden;
};

/** @param byTumour 1 where the tumour is the cause, 0 where it is not, undefined where nobody said */
const performanceOf = (ecog: number | undefined, byTumour: number | undefined): readonly Performance[] => {
  if (ecog === undefined) return ['fully-active', 'restricted', 'disabled'];
  if (ecog === 0 || byTumour === 0) return ['fully-active'];
  const limited = ecog <= 2 ? 'restricted' : 'disabled';
  return byTumour === undefined ? ['fully-active', limited] : [limited];
};

const burdenOf = (number: number, diameterMm: number): Burden => {
  if (number === 1) return diameterMm <= smallMm ? '0' : 'A';
  return number <= 3 && diameterMm <= nodulesMm ? 'A' : 'B';
};

const possibleStages = (values: FactorValues, performances: readonly Performance[]): BclcStage[] => {
  const found = new Set<BclcStage>();
  for (const performance of performances)
    for (const endStage of possiblyClassC(values))
      for (const invasion of possibleInvasion(values))
        for (const spread of possibleSpread(values))
          for (const burden of possibleBurdens(values, burdenOf, [smallMm, nodulesMm, nodulesMm + 1]))
            found.add(stageOf(performance, endStage, invasion, spread, burden));
  return bclcStages.filter((stage) => found.has(stage));
};

const invasionReasons = (values: FactorValues): ScoreReason[] => {
  const vp = canonicalNumber(values, 'pvtt') ?? 0;
  const vv = canonicalNumber(values, 'hepaticVeinInvasion') ?? 0;
  const reasons: ScoreReason[] = [];
  if (vp > 0) reasons.push({ code: 'portal-invasion', text: `Portal vein invasion, Vp${vp}`, params: { vp } });
  else if ((portalInvasion(values) ?? 0) > 0)
    reasons.push({ code: 'portal-thrombus', text: 'Tumour in the portal vein' });
  if (vv > 0) reasons.push({ code: 'hepatic-vein-invasion', text: `Hepatic vein invasion, Vv${vv}`, params: { vv } });
  if ((canonicalNumber(values, 'extrahepaticSpread') ?? 0) > 0)
    reasons.push({ code: 'extrahepatic-spread', text: 'Extrahepatic spread' });
  return reasons;
};

const burdenReason = (values: FactorValues): ScoreReason => {
  const number = canonicalNumber(values, 'tumourNumber') ?? 0;
  const cm = Number(((canonicalNumber(values, 'largestDiameter') ?? 0) / 10).toFixed(1));
  const text = `Tumours: ${number}, the largest ${cm} cm; no invasion, no spread, no limit by the tumour`;
  return { code: 'burden', text, params: { number, cm } };
};

const reasonsFor = (stage: BclcStage, values: FactorValues, liverClass: string | undefined): ScoreReason[] => {
  const ecog = canonicalNumber(values, 'ecog') ?? 0;
  const counts = canonicalNumber(values, 'ecogCause') !== 0;
  const performance: ScoreReason[] =
    counts && ecog > (stage === 'D' ? 2 : 0) ? [{ code: 'performance', text: `ECOG ${ecog}`, params: { ecog } }] : [];
  if (stage === 'D') {
    const text = 'Child–Pugh C; a transplant candidate is staged by the tumour instead';
    return [...performance, ...(possiblyClassC(values).includes(false) ? [] : [{ code: 'end-stage-liver', text }])];
  }
  const reasons = stage === 'C' ? [...invasionReasons(values), ...performance] : [burdenReason(values)];
  if (ecog > 0 && !counts) {
    const text = `ECOG ${ecog} is not counted: the tumour is not its cause`;
    reasons.push({ code: 'performance-not-counted', text, params: { ecog } });
  }
  if (liverClass === 'B') {
    const text = 'Child–Pugh B: whether liver function counts as preserved is a clinical judgement';
    reasons.push({ code: 'liver-not-preserved', text });
  }
  return reasons;
};

const performanceMissing = (ecog: number | undefined, byTumour: number | undefined): readonly FactorId[] => {
  if (ecog === undefined) return ['ecog'];
  return ecog > 0 && byTumour === undefined ? ['ecogCause'] : [];
};

export const bclc = (values: FactorValues): StageSuggestion => {
  const ecog = canonicalNumber(values, 'ecog');
  const byTumour = canonicalNumber(values, 'ecogCause');
  const liver = childPugh(values);
  const candidates = possibleStages(values, performanceOf(ecog, byTumour));
  const common = { id: 'bclc', value: null, edition: '2022', formula, source, candidates } as const;
  const [stage] = candidates;
  if (candidates.length === 1 && stage !== undefined) {
    return { ...common, grade: stage, inputsMissing: [], reasons: reasonsFor(stage, values, liver.grade) };
  }
  const inputsMissing = [...performanceMissing(ecog, byTumour), ...tumourInputsMissing(values), ...liver.inputsMissing];
  const stages = candidates.join(', ');
  return {
    ...common,
    inputsMissing,
    reasons: [{ code: 'undecided', text: `Still possible: ${stages}.`, params: { stages } }],
  };
};
