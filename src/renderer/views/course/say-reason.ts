import type { ComputedResponse } from '#shared/course/assessment.ts';
import { i18n } from '../../locales/index.ts';

/** In the user's language where the code is known there, else the English that was kept with it. */
export const sayReason = ({ code, text, params }: ComputedResponse['reasons'][number]): string => {
  const { t, te } = i18n.global;
  const key = `course.reasons.${code}`;
  return te(key) ? t(key, params) : text;
};
