/** What the patient's own values say beside the number. Shown, never enforced. */
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
