import type { CaseSummary } from '#shared/cases/case.ts';

/** Of the line of a case of which no result is told, whether there is one or not. */
export const NO_RESULT = {
  probability: null,
  interval: null,
  decision: null,
  withheldBecause: [],
  modelId: null,
  modelVersion: null,
  modelStatus: null,
  status: 'in-progress',
} satisfies Partial<CaseSummary>;
