/** Sentences about a study from their codes; the English one where a code is not known. */
import type { Message } from '../study/messages/message.ts';
import { inWords, type WordBook } from '../study/messages/words.ts';
import type { QualityNote } from '../study/study.ts';
import type { Words } from './words.ts';

export type StudyArea = 'reasons' | 'notes' | 'files' | 'parts' | 'unplaced';

export const bookOf =
  (words: Words): WordBook =>
  (key, params = {}) =>
    words.has(`study.words.${key}`) ? words.say(`study.words.${key}`, params) : undefined;

/** `fallback` is the English sentence that came with the code. */
export const studySentenceIn = (
  words: Words,
  area: StudyArea,
  message: Partial<Message> | undefined,
  fallback: string,
): string => {
  const key = `study.${area}.${message?.code}`;
  return message?.code !== undefined && words.has(key)
    ? words.say(key, inWords(message.params ?? {}, bookOf(words)))
    : fallback;
};

/** A note of an older record has its code but not its values: then there is no message to be said in another language. */
export const messageOf = ({
  code,
  params,
}: {
  code?: string | undefined;
  params?: Message['params'] | undefined;
}): Message | undefined => (code === undefined || params === undefined ? undefined : { code, params });

export const noteSentenceIn = (words: Words, note: QualityNote): string =>
  studySentenceIn(words, 'notes', messageOf(note), note.text);
