import type { SeriesFacts } from '#shared/study/facts.ts';
import { text } from '../series/fact-values.ts';
export const contrastAgentText = (study: readonly SeriesFacts[]): string | undefined =>
  study.map((f) => text(f, 'ContrastBolusAgent')).find((t) => t !== '');
