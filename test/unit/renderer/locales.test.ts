import { describe, expect, it } from 'vitest';
import en from '../../../src/shared/words/en/index.ts';
import zhCN from '../../../src/shared/words/zh-CN/index.ts';

const flatten = (value: object, prefix = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, entry]): [string, string][] =>
    typeof entry === 'string' ? [[`${prefix}${key}`, entry]] : flatten(entry as object, `${prefix}${key}.`),
  );
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('messages', () => {
  const english = new Map(flatten(en));
  const chinese = new Map(flatten(zhCN));

  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the same placeholders in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => `${placeholders(text)}` !== `${placeholders(chinese.get(key) ?? '')}`,
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('keep to the rule of words: no exclamation mark, no promise, no lesion found', () => {
    const forbidden = /[!！]|lesion found|will respond|AI thinks|sorry|抱歉/i;
    expect([...english, ...chinese].filter(([, text]) => forbidden.test(text)).map(([key]) => key)).toEqual([]);
  });
});
