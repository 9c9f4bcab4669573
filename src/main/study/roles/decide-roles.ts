/**
 * The role engine: from the facts of all series of a study to one decision each. Pure, total (any facts give a
 * decision, none an error), and independent of the order of the input.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { RoleDecision } from '#shared/study/roles.ts';
import { number, text } from '../series/fact-values.ts';
import { groupBy } from '../series/split.ts';
import { combine } from './combine.ts';
import { compete } from './compete.ts';
import { roleRules } from './rules/index.ts';
import type { StackHints } from './series-view.ts';
import { viewStudy } from './study-view.ts';

/** Acquisition order where series are numbered, then content: ties must not depend on how a folder was read. */
const canonicalKey = (facts: SeriesFacts): [number, string] => {
  const entries = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  return [number(facts, 'SeriesNumber') ?? Number.MAX_SAFE_INTEGER, JSON.stringify(entries)];
};

const decideStudy = (study: readonly SeriesFacts[], hints: readonly StackHints[]): RoleDecision[] => {
  const view = viewStudy(study, hints);
  const decisions = view.series.map((series) => combine(roleRules.flatMap((rule) => rule(series, view))));
  return compete(view.series, decisions);
};

/**
 * Decides the role of every series. Pass the whole study: order, neighbours and the contrast agent decide what a
 * single header cannot. Series of different StudyInstanceUIDs are judged apart. `hints` says what the images of each
 * series tell beyond its facts, where they are at hand.
 *
 * @returns one decision per input, in the same order. A confidence below 0.5 is a question to the user.
 */
export const decideRoles = (facts: readonly SeriesFacts[], hints: readonly StackHints[] = []): RoleDecision[] => {
  const decisions: RoleDecision[] = facts.map(() => ({ role: 'other', confidence: 0, reasons: [] }));
  const ordered = facts
    .map((series, index) => ({ series, index, key: canonicalKey(series) }))
    .sort((a, b) => a.key[0] - b.key[0] || (a.key[1] < b.key[1] ? -1 : a.key[1] > b.key[1] ? 1 : 0));
  for (const study of groupBy(ordered, ({ series }) => text(series, 'StudyInstanceUID')).values()) {
    const decided = decideStudy(
      study.map(({ series }) => series),
      study.map(({ index }) => hints[index] ?? {}),
    );
    study.forEach(({ index }, position) => {
      const decision = decided[position];
      if (decision) decisions[index] = decision;
    });
  }
  return decisions;
};
