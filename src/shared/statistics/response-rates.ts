/** Objective response and disease control over patients' best responses, by one criterion. */
import type { ResponseCode } from '../clinical/response/timeline.ts';
import { type Proportion, proportion } from './proportion.ts';

export interface ResponseRates {
  /** CR and PR. */
  readonly objectiveResponse: { readonly ofAll: Proportion; readonly ofEvaluable: Proportion };
  /** CR, PR, SD, and persisting non-target disease. */
  readonly diseaseControl: { readonly ofAll: Proportion; readonly ofEvaluable: Proportion };
}

export const responders: readonly ResponseCode[] = ['CR', 'PR'];
const controlled: readonly ResponseCode[] = [...responders, 'SD', 'NON-CR/NON-PD'];

/** Both denominators: all patients, and those whose response could be evaluated. Throws `NotEstimable` where there is none. */
export const responseRates = (best: readonly ResponseCode[], level?: number): ResponseRates => {
  const evaluable = best.filter((code) => code !== 'NE').length;
  const rates = (codes: readonly ResponseCode[]) => {
    const count = best.filter((code) => codes.includes(code)).length;
    return { ofAll: proportion(count, best.length, level), ofEvaluable: proportion(count, evaluable, level) };
  };
  return { objectiveResponse: rates(responders), diseaseControl: rates(controlled) };
};
