/** Which series was taken before contrast was given. Pure. */
import type { ScannedSeries } from '#shared/study/study.ts';
import { ROLE_CONFIDENCE } from '#shared/study/suggested-roles.ts';

/** Nobody confirms this one, since no model reads it: the engine has to be as sure as of a role that is taken. */
export const isPreContrast = ({ suggestion }: Pick<ScannedSeries, 'suggestion'>): boolean =>
  suggestion.role === 'pre-contrast' && suggestion.confidence >= ROLE_CONFIDENCE;

export const preContrastSeries = (series: readonly ScannedSeries[]): ScannedSeries | undefined =>
  series.filter(isPreContrast).sort((a, b) => b.suggestion.confidence - a.suggestion.confidence)[0];
