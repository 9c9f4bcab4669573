/**
 * BCLC stage, suggested: the 2022 edition read literally from what was entered. The doctor decides, not least whether
 * liver function is preserved and whether end-stage liver disease could be transplanted, neither of which follows from
 * these inputs. Where an input is missing, every stage that remains possible is a candidate; none is assumed.
 */
import { canonicalNumber } from '../canonical.ts';
import type { FactorId, FactorValues } from '../factor-values.ts';
import { childPugh } from './child-pugh.ts';
import type { Score, ScoreReason } from './score.ts';

export const bclcStages = ['0', 'A', 'B', 'C', 'D'] as const;
export type BclcStage = (typeof bclcStages)[number];

export interface BclcSuggestion extends Score {
  readonly edition: '2022';
  /** One stage where it is certain (then also `grade`), all that remain possible otherwise. */
  readonly candidates: readonly BclcStage[];
}

const formula =
  'D: ECOG 3–4 or Child–Pugh C. C: ECOG 1–2, portal or hepatic vein invasion, or extrahepatic spread. ' +
  '0: single ≤ 2 cm. A: single, or up to 3, each ≤ 3 cm. B: more than that';
const source =
  'Reig M et al. J Hepatol 2022;76:681 (PMC8866082), staging kept in the 2025 update; macrovascular invasion as in PMC6465743';

type Performance = 'fully-active' | 'restricted' | 'disabled';
type Burden = '0' | 'A' | 'B';

interface Facts {
  readonly performance: readonly Performance[];
  readonly endStageLiver: readonly boolean[];
  readonly invasion: readonly boolean[];
  readonly spread: readonly boolean[];
  readonly burden: readonly Burden[];
}

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

const performanceOf = (ecog: number | undefined): readonly Performance[] => {
  if (ecog === undefined) return ['fully-active', 'restricted', 'disabled'];
  if (ecog === 0) return ['fully-active'];
  return ecog <= 2 ? ['restricted'] : ['disabled'];
};

/** Points of the missing inputs lie between 1 and 3, so class C can often be settled without them. */
const endStageOf = (values: FactorValues): readonly boolean[] => {
  const { points = {}, inputsMissing } = childPugh(values);
  const known = Object.values(points).reduce((sum, one) => sum + one, 0);
  const classC = 10;
  if (known + inputsMissing.length >= classC) return [true];
  return known + 3 * inputsMissing.length < classC ? [false] : [false, true];
};

const yesOrNo = (codes: readonly (number | undefined)[]): readonly boolean[] => {
  if (codes.some((code) => code !== undefined && code > 0)) return [true];
  return codes.includes(undefined) ? [false, true] : [false];
};

const burdenOf = (number: number | undefined, diameterMm: number | undefined): readonly Burden[] => {
  const numbers = number === undefined ? [1, 2, 4] : [number];
  const diameters = diameterMm === undefined ? [smallMm, nodulesMm, nodulesMm + 1] : [diameterMm];
  const burdens = numbers.flatMap((n) =>
    diameters.map((mm): Burden => {
      if (n === 1) return mm <= smallMm ? '0' : 'A';
      return n <= 3 && mm <= nodulesMm ? 'A' : 'B';
    }),
  );
  return [...new Set(burdens)];
};

const possibleStages = (facts: Facts): BclcStage[] => {
  const found = new Set<BclcStage>();
  for (const performance of facts.performance)
    for (const endStage of facts.endStageLiver)
      for (const invasion of facts.invasion)
        for (const spread of facts.spread)
          for (const burden of facts.burden) found.add(stageOf(performance, endStage, invasion, spread, burden));
  return bclcStages.filter((stage) => found.has(stage));
};

const inputs = [
  'ecog',
  'pvtt',
  'hepaticVeinInvasion',
  'extrahepaticSpread',
  'tumourNumber',
  'largestDiameter',
] as const satisfies readonly FactorId[];

type Known = Readonly<Partial<Record<(typeof inputs)[number], number>>>;

const reasonsFor = (
  stage: BclcStage,
  known: Known,
  liverClass: string | undefined,
  endStage: boolean,
): ScoreReason[] => {
  const { ecog = 0, pvtt = 0, hepaticVeinInvasion: vv = 0, extrahepaticSpread: spread = 0 } = known;
  const { tumourNumber: number = 0, largestDiameter: mm = 0 } = known;
  const reasons: ScoreReason[] = [];
  const add = (code: string, text: string, params: Record<string, string | number> = {}) => {
    reasons.push({ code, text, params });
  };
  if (stage === 'D') {
    if (ecog > 2) add('performance', `ECOG ${ecog}`, { ecog });
    if (endStage) add('end-stage-liver', 'Child–Pugh C; a transplant candidate is staged by the tumour instead');
    return reasons;
  }
  if (stage === 'C') {
    if (pvtt > 0) add('portal-invasion', `Portal vein invasion, Vp${pvtt}`, { vp: pvtt });
    if (vv > 0) add('hepatic-vein-invasion', `Hepatic vein invasion, Vv${vv}`, { vv });
    if (spread > 0) add('extrahepatic-spread', 'Extrahepatic spread');
    if (ecog > 0) add('performance', `ECOG ${ecog}`, { ecog });
  } else {
    const cm = Number((mm / 10).toFixed(1));
    add('burden', `Tumours: ${number}, the largest ${cm} cm; no invasion, no spread, ECOG 0`, { number, cm });
  }
  if (liverClass === 'B')
    add('liver-not-preserved', 'Child–Pugh B: whether liver function counts as preserved is a clinical judgement');
  return reasons;
};

export const bclc = (values: FactorValues): BclcSuggestion => {
  const known: Partial<Record<(typeof inputs)[number], number>> = {};
  for (const id of inputs) {
    const value = canonicalNumber(values, id);
    if (value !== undefined) known[id] = value;
  }
  const liver = childPugh(values);
  const endStageLiver = endStageOf(values);
  const candidates = possibleStages({
    performance: performanceOf(known.ecog),
    endStageLiver,
    invasion: yesOrNo([known.pvtt, known.hepaticVeinInvasion]),
    spread: yesOrNo([known.extrahepaticSpread]),
    burden: burdenOf(known.tumourNumber, known.largestDiameter),
  });
  const common = { id: 'bclc', value: null, edition: '2022', formula, source, candidates } as const;
  const [stage] = candidates;
  if (candidates.length === 1 && stage !== undefined) {
    return {
      ...common,
      grade: stage,
      inputsMissing: [],
      reasons: reasonsFor(stage, known, liver.grade, !endStageLiver.includes(false)),
    };
  }
  const inputsMissing = [...inputs.filter((id) => known[id] === undefined), ...liver.inputsMissing];
  const text = `Still possible: ${candidates.join(', ')}.`;
  return {
    ...common,
    inputsMissing,
    reasons: [{ code: 'undecided', text, params: { stages: candidates.join(', ') } }],
  };
};
