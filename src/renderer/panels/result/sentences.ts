/** Sentences about a prediction in the language that is set. */
import type { PredictionWarning, WithheldReason } from '#shared/model/prediction.ts';
import {
  warningSentenceIn,
  warningSourceIn,
  withheldInShortIn,
  withheldSentenceIn,
} from '#shared/words/prediction-sentences.ts';
import { pageWords } from '../../locales/page-words.ts';

export const warningSentence = (warning: PredictionWarning): string => warningSentenceIn(pageWords, warning);

export const warningSource = (warning: PredictionWarning): string => warningSourceIn(pageWords, warning);

export const withheldSentence = (reason: WithheldReason): string => withheldSentenceIn(pageWords, reason);

export const withheldInShort = (reasons: readonly WithheldReason[]): string => withheldInShortIn(pageWords, reasons);
