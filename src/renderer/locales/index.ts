import { createI18n } from 'vue-i18n';
import type { Settings } from '#shared/api.ts';
import en from '#shared/words/en/index.ts';
import zhCN from '#shared/words/zh-CN/index.ts';

export type Messages = typeof en;

export const i18n = createI18n<[Messages], Settings['language'], false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, 'zh-CN': zhCN },
});

export const setLanguage = (language: Settings['language']): void => {
  i18n.global.locale.value = language;
};
