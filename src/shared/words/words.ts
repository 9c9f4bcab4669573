/** The words of one language, however they are looked up: by the page's own library, or here. */
import en from './en/index.ts';
import type { Language } from './language.ts';
import zhCN from './zh-CN/index.ts';

export type Params = Readonly<Record<string, string | number>>;

export interface Words {
  readonly language: Language;
  readonly has: (key: string) => boolean;
  /** The sentence of a key with its `{parameters}`; `count` chooses singular or plural. A key without words is its own. */
  readonly say: (key: string, params?: Params, count?: number) => string;
}

const messages: Readonly<Record<Language, unknown>> = { en, 'zh-CN': zhCN };

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const find = (language: Language, key: string): string | undefined => {
  let found: unknown = messages[language];
  for (const part of key.split('.')) found = isGroup(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** One and many, or none, one and many; a message with one form has no plural, as in Chinese. */
const formOf = (message: string, count: number): string => {
  const forms = message.split(' | ');
  const [first = message, second = first] = forms;
  if (forms.length > 2) return forms[Math.min(count, 2)] ?? second;
  return count === 1 ? first : second;
};

/** Outside the page. What a language lacks is said in English. */
export const wordsOf = (language: Language): Words => ({
  language,
  has: (key) => (find(language, key) ?? find('en', key)) !== undefined,
  say: (key, params = {}, count = 1) => {
    const message = find(language, key) ?? find('en', key);
    if (message === undefined) return key;
    const said: Params = { n: count, ...params };
    return formOf(message, count).replace(/\{(\w+)\}/g, (whole, name) => String(said[name] ?? whole));
  },
});

/** One after the other, as the language lists things. */
export const listed = ({ language }: Pick<Words, 'language'>, items: readonly string[]): string =>
  items.join(language === 'zh-CN' ? '、' : ', ');
