/**
 * Circumstances in which trials of HAIC held or did not start it, and a few that guidelines name for its drugs or for
 * neighbouring treatments, which their source then says. They are shown, never enforced, and the application gives no dose. Portal vein tumour thrombus is deliberately not among them: FOHAIC-1 treated Vp4 and/or more than half
 * of the liver in 49.2 % of its patients.
 */
import { canonicalNumber, canonicalValue } from './canonical.ts';
import { factorDefinition } from './factor-table.ts';
import type { FactorId, FactorValues } from './factor-values.ts';
import { childPugh } from './scores/child-pugh.ts';

export const holdFlagIds = [
  'neutrophils',
  'platelets',
  'bilirubin',
  'albumin',
  'ecog',
  'haemoglobin',
  'creatinine',
  'neuropathy',
  'infection',
  'childPugh',
  'hbvCover',
] as const;
export type HoldFlagId = (typeof holdFlagIds)[number];

export interface HoldFlag {
  readonly id: HoldFlagId;
  /** `hold`: treatment was suspended; `caution`: poor results, or outside the trials' entry. */
  readonly kind: 'hold' | 'caution';
  readonly state: 'raised' | 'clear' | 'unknown';
  /** In the canonical unit; null where unknown. */
  readonly value: number | null;
  /** e.g. `< 60 10^9/L`; `present` where something is there or not, which has the value 1 or 0. */
  readonly rule: string;
  readonly source: string;
  /** English, whatever the state. */
  readonly text: string;
}

/** The rule of a circumstance that is there or not. */
const present = 'present';

const suspended =
  'Suspension rule of a trial of HAIC against TACE, Sun Yat-sen University Cancer Center (read as an excerpt; bilirubin printed there as mmol/L, albumin as mg/dL)';

/** Its entry in the register was read as an excerpt, not its protocol. */
const register = 'NCT03469479 (read as an excerpt)';
const entryLimit = `entry limit of ${register}`;

interface Rule {
  readonly id: HoldFlagId;
  readonly kind: HoldFlag['kind'];
  readonly raised: (value: number) => boolean;
  readonly rule: string;
  readonly source: string;
}

const rules: readonly (Rule & { readonly id: FactorId })[] = [
  { id: 'neutrophils', kind: 'hold', raised: (v) => v < 1.2, rule: '< 1.2 10^9/L', source: suspended },
  { id: 'platelets', kind: 'hold', raised: (v) => v < 60, rule: '< 60 10^9/L', source: suspended },
  {
    id: 'bilirubin',
    kind: 'hold',
    raised: (v) => v > 30,
    rule: '> 30 µmol/L',
    source: `${suspended}; ${entryLimit}`,
  },
  { id: 'albumin', kind: 'hold', raised: (v) => v < 30, rule: '< 30 g/L', source: suspended },
  { id: 'ecog', kind: 'caution', raised: (v) => v > 1, rule: '> 1', source: 'Entry limit of most trials of HAIC' },
  { id: 'haemoglobin', kind: 'caution', raised: (v) => v < 85, rule: '< 85 g/L', source: `Entry limit of ${register}` },
  {
    id: 'creatinine',
    kind: 'caution',
    raised: (v) => v > 176.8,
    rule: '> 176.8 µmol/L',
    source: 'Contraindication to TACE, not a rule of HAIC: Chinese guideline of 2026, read in a secondary account',
  },
  {
    id: 'neuropathy',
    kind: 'caution',
    raised: (v) => v >= 2,
    rule: '≥ 2',
    source:
      'Intravenous mFOLFOX6, not a rule of HAIC: oxaliplatin reduced from grade 2, stopped at grade 3 (J Exp Clin Cancer Res 2009;28:109, Table 1)',
  },
  {
    id: 'infection',
    kind: 'caution',
    raised: (v) => v > 0,
    rule: present,
    source:
      'Contraindication to arterial treatment, written for TACE: Chinese guideline of 2017, read in a secondary account',
  },
];

const childPughRule: Rule = {
  id: 'childPugh',
  kind: 'caution',
  raised: (v) => v >= 8,
  rule: '≥ 8',
  source: 'Moriguchi M et al. Hepat Mon 2017;17:e43627: response 10.7 % with cisplatin, 64.3 % dose-reduced',
};

const hbvCoverRule: Rule = {
  id: 'hbvCover',
  kind: 'caution',
  raised: (v) => v > 0,
  rule: present,
  source:
    'Prophylaxis before chemotherapy where HBsAg is positive: AASLD 2018, EASL 2017, APASL 2016 and AGA 2015, as in World J Clin Cases 2021;9:5769, Table 2',
};

/** 1 where HBsAg is positive and no antiviral is given, 0 where one of the two is otherwise, null where that is open. */
const uncoveredHbv = (values: FactorValues): number | null => {
  const [surfaceAntigen, antiviral] = [canonicalNumber(values, 'hbsAg'), canonicalNumber(values, 'hbvAntiviral')];
  if (surfaceAntigen === 0 || antiviral === 1) return 0;
  return surfaceAntigen === undefined || antiviral === undefined ? null : 1;
};

const flag = (rule: Rule, label: string, value: number | null): HoldFlag => {
  const { id, kind, rule: limit, source } = rule;
  if (value === null)
    return { id, kind, state: 'unknown', value, rule: limit, source, text: `${label} is not known (${limit}).` };
  const raised = rule.raised(value);
  if (limit === present) {
    const said = `${label}: ${raised ? 'yes' : 'no'}.`;
    return { id, kind, state: raised ? 'raised' : 'clear', value, rule: limit, source, text: said };
  }
  const shown = Number(value.toPrecision(4));
  const text = `${label} ${shown} ${raised ? 'meets' : 'does not meet'} the rule ${limit}.`;
  return { id, kind, state: raised ? 'raised' : 'clear', value, rule: limit, source, text };
};

/** All flags, whatever their state; the screen shows those raised. */
export const holdFlags = (values: FactorValues): readonly HoldFlag[] => [
  ...rules.map((rule) => {
    const resolved = canonicalValue(values, rule.id);
    return flag(rule, factorDefinition(rule.id).label, resolved.ok ? resolved.quantity.value : null);
  }),
  flag(childPughRule, 'Child–Pugh', childPugh(values).value),
  flag(hbvCoverRule, 'HBsAg positive without antiviral treatment', uncoveredHbv(values)),
];
