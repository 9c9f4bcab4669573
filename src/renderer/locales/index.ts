import { createI18n } from 'vue-i18n';
import type { Settings } from '#shared/api.ts';
import en from '#shared/words/en/index.ts';
import zhCN from '#shared/words/zh-CN/index.ts';

export type Messages = typeof en;

/** A line may end after a dash: not in a name that is read in one piece, where the dash is joined to what follows. */
export const inOnePiece = (text: string): string => text.replaceAll('Child–Pugh', 'Child–\u2060Pugh');

export const i18n = createI18n<[Messages], Settings['language'], false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, 'zh-CN': zhCN },
  postTranslation: (said) => (typeof said === 'string' ? inOnePiece(said) : said),
});

export const setLanguage = (language: Settings['language']): void => {
  i18n.global.locale.value = language;
};
