import type { Problem } from '#shared/statistics/validation.ts';
import { i18n } from '../locales/index.ts';

/** Why there is no figure, in the words of the page; the English sentence where only a fault leads there. */
export const problemSentence = ({ problem, reason, params }: Problem): string =>
  reason === undefined ? problem : i18n.global.t(`evidence.problems.${reason}`, params ?? {});
