/**
 * Circumstances in which trials of HAIC held or did not start it. They are shown, never enforced, and the application
 * gives no dose. Portal vein tumour thrombus is deliberately not among them: FOHAIC-1 treated Vp4 and/or more than half
 * of the liver in 49.2 % of its patients.
 */
import { canonicalValue } from './canonical.ts';
import { factorDefinition } from './factor-table.ts';
import type { FactorId, FactorValues } from './factor-values.ts';
import { childPugh } from './scores/child-pugh.ts';

export const holdFlagIds = ['neutrophils', 'platelets', 'bilirubin', 'albumin', 'childPugh', 'ecog'] as const;
export type HoldFlagId = (typeof holdFlagIds)[number];

export interface HoldFlag {
  readonly id: HoldFlagId;
  /** `hold`: treatment was suspended; `caution`: poor results, or outside the trials' entry. */
  readonly kind: 'hold' | 'caution';
  readonly state: 'raised' | 'clear' | 'unknown';
  /** In the canonical unit; null where unknown. */
  readonly value: number | null;
  /** e.g. `< 60 10^9/L`. */
  readonly rule: string;
  readonly source: string;
  /** English, whatever the state. */
  readonly text: string;
}

const suspended =
  'Suspension rule of a trial of HAIC against TACE, Sun Yat-sen University Cancer Center (excerpt; bilirubin printed there as mmol/L, albumin as mg/dL)';

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
    source: `${suspended}; entry limit of NCT03469479`,
  },
  { id: 'albumin', kind: 'hold', raised: (v) => v < 30, rule: '< 30 g/L', source: suspended },
  { id: 'ecog', kind: 'caution', raised: (v) => v > 1, rule: '> 1', source: 'Entry limit of most trials of HAIC' },
];

const childPughRule: Rule = {
  id: 'childPugh',
  kind: 'caution',
  raised: (v) => v >= 8,
  rule: '≥ 8',
  source: 'Moriguchi M et al. Hepat Mon 2017;17:e43627: response 10.7 % with cisplatin, 64.3 % dose-reduced',
};

const flag = (rule: Rule, label: string, value: number | null): HoldFlag => {
  const { id, kind, rule: limit, source } = rule;
  if (value === null)
    return { id, kind, state: 'unknown', value, rule: limit, source, text: `${label} is not known (${limit}).` };
  const raised = rule.raised(value);
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
];
