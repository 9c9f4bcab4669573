import type { RecordsStatus } from '#shared/api.ts';
import { AppError, type ErrorShape } from '#shared/errors.ts';
import { i18n } from './index.ts';

/** Where the words for a code in `params` stand: a role by its name, a file's refusal by its sentence. */
const wordsFor: Readonly<Record<string, string>> = {
  role: 'images.roles',
  userRole: 'identities.roles',
  reason: 'errors.files',
  problem: 'course.problems',
  refusal: 'board.problems',
  studyProblem: 'readers.problems',
};

/** The error in the user's language where its code is known there, else the sentence that came with it. */
export const errorSentence = ({ code, message, params }: Pick<ErrorShape, 'code' | 'message' | 'params'>): string => {
  const { t, te } = i18n.global;
  const key = `errors.${code}`;
  if (!te(key)) return message;
  const words = Object.entries(params ?? {}).map(([name, value]) => {
    const word = `${wordsFor[name]}.${value}`;
    return [name, te(word) ? t(word, params ?? {}) : value];
  });
  return t(key, { message, ...Object.fromEntries(words) });
};

export const translateError = (error: unknown): string =>
  error instanceof AppError ? errorSentence(error) : i18n.global.t('errors.internal');

/** What the records say about themselves: why they are closed, or how they came to be open; undefined when all is well. */
export const recordsRemark = ({ code, message }: RecordsStatus): string | undefined =>
  message === undefined ? undefined : errorSentence({ code: code ?? '', message });
