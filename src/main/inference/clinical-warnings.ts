/** What the patient's own values say beside the number. Shown, never enforced. */
import { contradictoryValues, type PatientFacts } from '#shared/clinical/contradictions.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { holdFlags } from '#shared/clinical/hold-flags.ts';
import { censoredFactors } from '#shared/clinical/parse-factors.ts';
import type { PredictionWarning } from '#shared/model/prediction.ts';

/** Rules of trial protocols that are met. */
export const clinicalWarnings = (factors: FactorValues): PredictionWarning[] =>
  holdFlags(factors)
    .filter(({ state }) => state === 'raised')
    .map(({ id, kind, value, rule, source, text }) => ({
      code: 'hold-flag',
      severity: kind === 'hold' ? 'serious' : 'warning',
      text: `${text} ${source}.`,
      rule,
      source,
      params: { flag: id, kind, value: Number((value ?? 0).toPrecision(4)), rule },
    }));

/** Values that are only known to lie beyond what the assay measures: everything here took the limit itself. */
export const censoredWarnings = (factors: FactorValues): PredictionWarning[] =>
  censoredFactors(factors).map(({ factor, text, params }) => ({
    code: 'censored',
    severity: 'warning',
    text,
    params: { ...params, factor },
  }));

/** Values that do not agree with the measured lesions, the images' header or each other: each contradiction once. */
export const contradictionWarnings = (factors: FactorValues, facts: PatientFacts): PredictionWarning[] =>
  contradictoryValues(factors, facts)
    .filter(({ text }, at, all) => all.findIndex((one) => one.text === text) === at)
    .map(({ factor, code, text, params }) => ({
      code: 'contradiction',
      severity: 'warning',
      text,
      params: { ...params, factor, problem: code },
    }));
