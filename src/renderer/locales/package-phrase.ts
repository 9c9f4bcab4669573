import { i18n } from './index.ts';

/** A phrase of a model package, translated where it is one that this project's own packages carry. */
export const packagePhrase = (kind: 'events' | 'methods', phrase: string): string => {
  const { t, te } = i18n.global;
  const key = `models.${kind}.${phrase}`;
  return te(key) ? t(key) : phrase;
};
