import type { Words } from '#shared/words/words.ts';
import { i18n } from './index.ts';

/** The words of the language that is set; reactive where they are asked inside a computed value or a template. */
export const pageWords: Words = {
  get language() {
    return i18n.global.locale.value;
  },
  has: (key) => i18n.global.te(key),
  say: (key, params = {}, count) =>
    count === undefined ? i18n.global.t(key, params) : i18n.global.t(key, params, count),
};
