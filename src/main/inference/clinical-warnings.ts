/** What the patient's own state says beside the number: rules of trial protocols that are met. Shown, never enforced. */
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { holdFlags } from '#shared/clinical/hold-flags.ts';
import type { PredictionWarning } from '#shared/model/prediction.ts';

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
