/** Why a pane shows no image, or one that has no place, in the language that is set. */
import type { ErrorShape } from '#shared/errors.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { errorSentence } from '../../locales/errors.ts';
import { i18n } from '../../locales/index.ts';
import { unplacedSentence } from '../../locales/study.ts';
import type { LoadProgress } from '../cornerstone/volume-fetch.ts';

/** Bytes are told in MB, files by number. */
export const progressCount = ({ phase, done, total }: LoadProgress): { done: string; total: string } => {
  const text = (n: number): string => (phase === 'transfer' ? `${(n / 1e6).toFixed(1)} MB` : String(n));
  return { done: text(done), total: text(total) };
};

/** A pane has more precise words for some errors than a notice. */
export const failureSentence = (error: ErrorShape): string => {
  const { t, te } = i18n.global;
  const key = `viewer.error.${error.code}`;
  return te(key) ? t(key, error.params ?? {}) : errorSentence(error);
};

/** The series says it by code, which can be translated; its volume has the English sentence alone. */
export const unplacedReason = (
  info: Pick<VolumeInfo, 'unplaced'>,
  series: Pick<ScannedSeries, 'unplaced' | 'unplacedMessage'> | undefined,
): string => (series && unplacedSentence(series)) ?? info.unplaced ?? '';
