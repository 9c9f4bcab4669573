/** Sentences about a prediction from their codes; the English one where a code is not known. */
import { ruleLabel, unitLabel } from '../clinical/labels.ts';
import type { PredictionWarning, WithheldReason } from '../model/prediction.ts';
import { noteSentenceIn } from './study-sentences.ts';
import { listed, type Words } from './words.ts';

type Params = PredictionWarning['params'];

const listsOf: Readonly<Record<string, string>> = { roles: 'images.roles', factors: 'factors.names' };
const wordsFor: Readonly<Record<string, string>> = {
  factor: 'factors.names',
  flag: 'factors.flags.names',
  role: 'images.roles',
  reason: 'result.unusable',
};

const word = (words: Words, key: string, value: string | number): string | number =>
  words.has(`${key}.${value}`) ? words.say(`${key}.${value}`) : value;

/** Factors, roles, rules and reasons in `params` in words of the language. */
const inWords = (words: Words, params: Params): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params ?? {}).map(([key, value]) => {
      const list = listsOf[key];
      if (list) {
        const names = String(value)
          .split(', ')
          .map((one) => String(word(words, list, one)));
        return [key, listed(words, names)];
      }
      if (key === 'rule') return [key, ruleLabel(String(value))];
      if (key === 'unit') return [key, unitLabel(String(value))];
      const group = wordsFor[key];
      return [key, group ? word(words, group, value) : value];
    }),
  );

const sentence = (words: Words, key: string, params: Params, fallback: string): string =>
  words.has(key) ? words.say(key, inWords(words, params)) : fallback;

export const warningSentenceIn = (words: Words, { code, params, text, note }: PredictionWarning): string => {
  if (note) return noteSentenceIn(words, note);
  // A circumstance that is there or not has no figure: its name says it.
  if (code === 'hold-flag' && params?.rule === 'present')
    return sentence(words, `factors.flags.names.${params.flag}`, {}, text);
  if (code === 'contradiction' && params) {
    // In the words of the form, which stand below the factor's name there.
    const problem = sentence(words, `factors.problems.${params.problem}`, params, text);
    return sentence(words, 'result.warnings.contradiction', { ...params, problem }, text);
  }
  return sentence(words, `result.warnings.${code}`, params, text);
};

/** Where the rule of a warning comes from, with what was corrected in it; empty where there is none. */
export const warningSourceIn = (words: Words, { source, params }: PredictionWarning): string =>
  source === undefined ? '' : sentence(words, `factors.flags.sources.${params?.flag}`, {}, source);

export const withheldSentenceIn = (words: Words, { code, params, text }: WithheldReason): string =>
  sentence(words, `result.withheld.reasons.${code}`, params, text);

/** The reasons in a few words, for a list: one after the other. */
export const withheldInShortIn = (words: Words, reasons: readonly WithheldReason[]): string =>
  listed(
    words,
    reasons.map(({ code, text }) => {
      const key = `result.withheld.short.${code}`;
      return words.has(key) ? words.say(key) : text;
    }),
  );
