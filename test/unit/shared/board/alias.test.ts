import { expect, test } from 'vitest';
import { ALIAS_WORDS, aliasesOf, aliasOf } from '#shared/board/alias.ts';

const ids = Array.from({ length: 60 }, (_, index) => `3f2b8c1e-0000-4000-8000-${String(index).padStart(12, '0')}`);

test('no two cases of a list are called alike, in whichever order they stand', () => {
  const aliases = aliasesOf(ids);
  expect(new Set([...aliases.values()].map(({ word, number }) => `${word}-${number}`)).size).toBe(ids.length);
  expect(aliasesOf(ids.toReversed())).toStrictEqual(aliases);
  for (const { word } of aliases.values()) expect(word).toBeLessThan(ALIAS_WORDS);
});

test('a case is called the same at every meeting', () => {
  const [one = '', two = ''] = ids;
  expect(aliasesOf([two, one]).get(one)).toStrictEqual(aliasOf(one));
  expect(aliasesOf([one]).get(one)).toStrictEqual(aliasOf(one));
});

test('two that would be called alike are told apart, and stay so', () => {
  const seen = new Map<string, string>();
  let twins: [string, string] | undefined;
  for (let n = 0; !twins; n++) {
    const { word, number } = aliasOf(`case-${n}`);
    const other = seen.get(`${word}-${number}`);
    if (other) twins = [other, `case-${n}`];
    seen.set(`${word}-${number}`, `case-${n}`);
  }
  const aliases = aliasesOf(twins);
  expect(aliases.get(twins[0])).not.toStrictEqual(aliases.get(twins[1]));
});
