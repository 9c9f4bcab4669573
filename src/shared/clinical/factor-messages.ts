/** Scores, flags and problems as keys and parameters of the language files. Pure. */

import { decimals } from '../format.ts';
import type { FactorProblem } from './factor-problem.ts';
import { type FactorValues, factorIds } from './factor-values.ts';
import { holdFlags } from './hold-flags.ts';
import { unitLabel } from './labels.ts';
import { refusedFactors } from './parse-factors.ts';
import { albi } from './scores/albi.ts';
import { bclc } from './scores/bclc.ts';
import { childPugh } from './scores/child-pugh.ts';
import { cnlc } from './scores/cnlc.ts';
import type { Score, StageSuggestion } from './scores/score.ts';

/** A message of the language files. `n` in the parameters chooses singular or plural. */
export interface Message {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const message = (key: string, params: Message['params'] = {}): Message => ({ key: `factors.${key}`, params });

export const problemMessage = ({ code, params }: FactorProblem): Message => {
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? unitLabel(value) : value]),
  );
  const form = 'hint' in params ? '-hint' : 'single' in params ? '-value' : '';
  return message(`problems.${code}${form}`, shown);
};

const digits: Readonly<Partial<Record<Score['id'], number>>> = {
  albi: 2,
  malbi: 2,
  palbi: 2,
  nlr: 2,
  plr: 0,
  crafity: 0,
};

/** Cut-offs that a rounded figure must not seem to lie beyond: −2.597 is grade 2, so it is not written −2.60. */
const cuts: Readonly<Partial<Record<Score['id'], readonly number[]>>> = {
  albi: [-2.6, -1.39],
  malbi: [-2.6, -2.27, -1.39],
  palbi: [-2.53, -2.09],
  sixAndTwelve: [6, 12],
  upToSeven: [7],
};
const MOST_DIGITS = 4;

const figureOf = (id: Score['id'], value: number): string => {
  let places = digits[id] ?? 1;
  const hides = () => cuts[id]?.some((cut) => value > cut && Number(value.toFixed(places)) <= cut);
  while (places < MOST_DIGITS && hides()) places += 1;
  return decimals(value, places);
};

/**
 * The parts of a score's figure, e.g. `−2.11`, `grade 2`; empty where there is none.
 * Child–Pugh is written as clinicians do, class and points in one: `A6`.
 */
export const scoreParts = (
  score: Pick<Score, 'id' | 'value' | 'grade'> & Partial<StageSuggestion>,
): readonly (string | Message)[] => {
  const { id, value, grade } = score;
  if ('candidates' in score) return grade === undefined ? [] : [grade];
  if (value === null) return [];
  if (id === 'childPugh') return [`${grade ?? ''}${value}`];
  const figure = figureOf(id, value);
  if (grade === undefined) return [figure];
  const isNumeral = id === 'albi' || id === 'malbi' || id === 'palbi';
  return [figure, isNumeral ? message('scores.grade', { grade }) : message(`scores.grades.${grade}`)];
};

/** The line of the folded panel: `21 of 29 entered · BCLC C · Child–Pugh A6 · ALBI 2`, in parts. */
export const summaryParts = (values: FactorValues): readonly Message[] => {
  const refused = refusedFactors(values);
  const entered = factorIds.filter((id) => values[id] !== undefined).length - refused.length;
  const parts = [message('summary.entered', { entered, total: factorIds.length })];
  if (refused.length > 0) parts.unshift(message('summary.refused', { n: refused.length }));
  const stage = bclc(values).grade;
  const stageChina = cnlc(values).grade;
  const liver = childPugh(values);
  const grade = albi(values).grade;
  const raised = holdFlags(values).filter((one) => one.state === 'raised').length;
  if (stage !== undefined) parts.push(message('summary.bclc', { grade: stage }));
  if (stageChina !== undefined) parts.push(message('summary.cnlc', { grade: stageChina }));
  if (liver.grade !== undefined) parts.push(message('summary.childPugh', { grade: `${liver.grade}${liver.value}` }));
  if (grade !== undefined) parts.push(message('summary.albi', { grade }));
  if (raised > 0) parts.push(message('summary.flags', { n: raised }));
  return parts;
};
