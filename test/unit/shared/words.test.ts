import { expect, test } from 'vitest';
import { i18n, inOnePiece, setLanguage } from '../../../src/renderer/locales/index.ts';
import { pageWords } from '../../../src/renderer/locales/page-words.ts';
import en from '../../../src/shared/words/en/index.ts';
import { wordsOf } from '../../../src/shared/words/words.ts';

const keysOf = (value: object, path = ''): string[] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'string'
      ? [`${path}${name}`]
      : typeof inner === 'object' && inner
        ? keysOf(inner, `${path}${name}.`)
        : [],
  );

const namesIn = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

test.each(['en', 'zh-CN'] as const)('every sentence is the same on the page and outside of it, in %s', (language) => {
  setLanguage(language);
  const words = wordsOf(language);
  // A name with a point in it is looked up in other ways than by its path.
  const keys = keysOf(en).filter((key) => words.has(key));
  expect(keys.length).toBeGreaterThan(1_000);
  for (const key of keys) {
    const names = namesIn(words.say(key)).concat(namesIn(words.say(key, {}, 2)));
    const params = Object.fromEntries(names.map((name, i) => [name, `<${i}>`]));
    for (const count of [1, 2]) {
      // The page joins a name that a line must not end within; a page on paper breaks its lines itself.
      expect(inOnePiece(words.say(key, { n: count, ...params }, count)), key).toBe(
        pageWords.say(key, { n: count, ...params }, count),
      );
    }
    expect(words.has(key), key).toBe(pageWords.has(key));
  }
  expect([words.has('factors.names'), words.has('no.such.key'), words.say('no.such.key')]).toEqual([
    false,
    false,
    'no.such.key',
  ]);
  i18n.global.locale.value = 'en';
});
