import { AppError } from '#shared/errors.ts';
import { i18n } from './index.ts';

/** The error in the user's language where its code is known there, else the sentence that came with it. */
export const translateError = (error: unknown): string => {
  const { t, te } = i18n.global;
  if (error instanceof AppError) {
    const key = `errors.${error.code}`;
    return te(key) ? t(key, error.params ?? {}) : error.message;
  }
  return t('errors.internal');
};
