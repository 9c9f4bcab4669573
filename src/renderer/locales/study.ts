/** Sentences about a study in the language that is set, from their codes; the English one where a code is not known. */
import type { RoleReason } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries, SkippedFile } from '#shared/study/study.ts';
import { bookOf, messageOf, noteSentenceIn, type StudyArea, studySentenceIn } from '#shared/words/study-sentences.ts';
import { i18n } from './index.ts';
import { pageWords } from './page-words.ts';

const book = bookOf(pageWords);

const studySentence = (area: StudyArea, message: Parameters<typeof studySentenceIn>[2], fallback: string): string =>
  studySentenceIn(pageWords, area, message, fallback);

export const reasonSentence = (reason: RoleReason): string => studySentence('reasons', messageOf(reason), reason.text);

export const noteSentence = (note: QualityNote): string => noteSentenceIn(pageWords, note);

/** Why a file was left out; a reason without a code of its own is said by its kind. */
export const skippedSentence = ({ code, reason, message }: SkippedFile): string => {
  const { locale, t, te } = i18n.global;
  const key = `errors.files.${code}`;
  return studySentence('files', message, locale.value !== 'en' && te(key) ? t(key) : reason);
};

/** What a part of a divided series is called; `undefined` for a whole series. */
export const partName = ({ part, partMessages }: Pick<ScannedSeries, 'part' | 'partMessages'>): string | undefined => {
  if (part === undefined || !partMessages || partMessages.length === 0) return part;
  return partMessages.map((message) => studySentence('parts', message, part)).join(book('join.and') ?? ', ');
};

export const unplacedSentence = (series: Pick<ScannedSeries, 'unplaced' | 'unplacedMessage'>): string | undefined =>
  series.unplaced === undefined ? undefined : studySentence('unplaced', series.unplacedMessage, series.unplaced);

export const roleWord = (role: string): string => book(`role.${role}`) ?? role;
