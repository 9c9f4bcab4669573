/** Sentences about a study in the language that is set, from their codes; the English one where a code is not known. */
import type { Message } from '#shared/study/messages/message.ts';
import { inWords, type WordBook } from '#shared/study/messages/words.ts';
import type { RoleReason } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries, SkippedFile } from '#shared/study/study.ts';
import { i18n } from './index.ts';

export type StudyArea = 'reasons' | 'notes' | 'files' | 'parts' | 'unplaced';

const book: WordBook = (key, params = {}) => {
  const { t, te } = i18n.global;
  return te(`study.words.${key}`) ? t(`study.words.${key}`, params) : undefined;
};

/** `fallback` is the English sentence that came with the code. */
export const studySentence = (area: StudyArea, message: Partial<Message> | undefined, fallback: string): string => {
  const { t, te } = i18n.global;
  const key = `study.${area}.${message?.code}`;
  return message?.code !== undefined && te(key) ? t(key, inWords(message.params ?? {}, book)) : fallback;
};

const messageOf = ({ code, params }: { code?: string | undefined; params?: Message['params'] | undefined }) =>
  // A note of an older record has its code but not its values.
  code === undefined || params === undefined ? undefined : { code, params };

export const reasonSentence = (reason: RoleReason): string => studySentence('reasons', messageOf(reason), reason.text);

export const noteSentence = (note: QualityNote): string => studySentence('notes', messageOf(note), note.text);

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
