/** Sentences about a prediction in the language that is set, from their codes; the English one where a code is not known. */
import type { PredictionWarning, WithheldReason } from '#shared/model/prediction.ts';
import { i18n } from '../../locales/index.ts';
import { noteSentence } from '../../locales/study.ts';
import { ruleLabel, unitLabel } from '../factors/field-model.ts';

type Params = PredictionWarning['params'];

const listsOf: Record<string, string> = { roles: 'images.roles', factors: 'factors.names' };
const wordsFor: Record<string, string> = {
  factor: 'factors.names',
  flag: 'factors.flags.names',
  role: 'images.roles',
  reason: 'result.unusable',
};

const word = (key: string, value: string | number): string | number => {
  const { t, te } = i18n.global;
  return te(`${key}.${value}`) ? t(`${key}.${value}`) : value;
};

/** Factors, roles, rules and reasons in `params` in words of the user's language. */
const inWords = (params: Params): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params ?? {}).map(([key, value]) => {
      const list = listsOf[key];
      if (list) {
        const names = String(value)
          .split(', ')
          .map((one) => word(list, one));
        return [key, names.join(i18n.global.locale.value === 'zh-CN' ? '、' : ', ')];
      }
      if (key === 'rule') return [key, ruleLabel(String(value))];
      if (key === 'unit') return [key, unitLabel(String(value))];
      const words = wordsFor[key];
      return [key, words ? word(words, value) : value];
    }),
  );

const sentence = (key: string, params: Params, fallback: string): string => {
  const { t, te } = i18n.global;
  return te(key) ? t(key, inWords(params)) : fallback;
};

export const warningSentence = ({ code, params, text, note }: PredictionWarning): string => {
  if (note) return noteSentence(note);
  // A circumstance that is there or not has no figure: its name says it.
  if (code === 'hold-flag' && params?.rule === 'present')
    return sentence(`factors.flags.names.${params.flag}`, {}, text);
  if (code === 'contradiction' && params) {
    // In the words of the form, which stand below the factor's name there.
    const problem = sentence(`factors.problems.${params.problem}`, params, text);
    return sentence('result.warnings.contradiction', { ...params, problem }, text);
  }
  return sentence(`result.warnings.${code}`, params, text);
};

/** Where the rule of a warning comes from, with what was corrected in it; empty where there is none. */
export const warningSource = ({ source, params }: PredictionWarning): string =>
  source === undefined ? '' : sentence(`factors.flags.sources.${params?.flag}`, {}, source);

export const withheldSentence = ({ code, params, text }: WithheldReason): string =>
  sentence(`result.withheld.reasons.${code}`, params, text);

/** The reasons in a few words, for a list: one after the other. */
export const withheldInShort = (reasons: readonly WithheldReason[]): string => {
  const { locale, t, te } = i18n.global;
  const short = reasons.map(({ code, text }) => {
    const key = `result.withheld.short.${code}`;
    return te(key) ? t(key) : text;
  });
  return short.join(locale.value === 'zh-CN' ? '、' : ', ');
};
