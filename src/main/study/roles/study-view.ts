/** A whole study as the rules see it: what only the series together can tell. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { type ContrastClock, contrastClock } from '../series/contrast-clock.ts';
import { isDynamicCandidate } from './candidates.ts';
import { type AgentKind, agentsNamed } from './contrast-agent.ts';
import { type EchoPair, findEchoPairs } from './echo-pairs.ts';
import { excludedByName } from './excluded-by-name.ts';
import { type Estimate, estimateTimes } from './relative-clock.ts';
import { type SeriesView, type StackHints, viewSeries } from './series-view.ts';

export type StudyAgent =
  | {
      kind: AgentKind;
      /** Where the agent was read, e.g. ContrastBolusAgent “Primovist”. */
      source: { keyword: string; value: string };
    }
  | {
      kind: 'unknown';
      /** No agent is recorded, but this hepatobiliary or ≥ 10 min series hints at gadoxetate; it may have no name. */
      suspected?: string;
      /** A series is imaged when liver cells have taken up gadoxetate, and no other agent. */
      imagedAtUptake?: boolean;
      /** Different agents are named; then neither is believed. */
      conflicting?: boolean;
    };

export interface StudyView {
  series: SeriesView[];
  clock: ContrastClock;
  estimates: Map<number, Estimate>;
  agent: StudyAgent;
  echoPairs: Map<number, EchoPair>;
  /** True where any series records an agent, so that its absence elsewhere means something. */
  contrastRecorded: boolean;
  /** True where the study names its phases by codes throughout (AP, PVP, DP), so that AP means arterial. */
  usesPhaseCodes: boolean;
}

/** Hepatobiliary imaging starts here after gadoxetate; other agents are rarely imaged so late. */
const lateSeconds = 600;

/**
 * The hepatobiliary phase begins 15–20 min after gadoxetate and 1 h after gadobenate (Santillan, Hepatoma Res 2020;6:63);
 * a late phase of an extracellular agent, at 10 min, lies before it.
 */
const uptakeSeconds = { from: 840, until: 1860 };

const isImagedAtUptake = (series: readonly SeriesView[], clock: ContrastClock): boolean =>
  series.some((view) => {
    if (!isDynamicCandidate(view) || excludedByName(view)) return false;
    const seconds = clock.secondsAfter[view.index] ?? view.phases.delays[0] ?? 0;
    return seconds >= uptakeSeconds.from && seconds <= uptakeSeconds.until;
  });

const suspectsGadoxetate = (series: readonly SeriesView[], clock: ContrastClock): string | undefined => {
  for (const view of series) {
    if (!isDynamicCandidate(view) || excludedByName(view)) continue;
    const named = view.phases.roles.find((role) => role === 'hepatobiliary' || role === 'transitional');
    const delay = view.phases.delays.find((seconds) => seconds >= lateSeconds);
    const measured = clock.secondsAfter[view.index] ?? 0;
    if (named || delay !== undefined || measured >= lateSeconds) return view.description;
  }
  return undefined;
};

const readAgent = (study: readonly SeriesFacts[], series: readonly SeriesView[], clock: ContrastClock): StudyAgent => {
  const named = study.flatMap(agentsNamed);
  const [first] = named;
  if (first && named.every((agent) => agent.kind === first.kind)) {
    return { kind: first.kind, source: { keyword: first.keyword, value: first.value } };
  }
  const suspected = suspectsGadoxetate(series, clock);
  return {
    kind: 'unknown',
    ...(suspected === undefined ? {} : { suspected }),
    ...(first ? { conflicting: true } : {}),
    ...(!first && isImagedAtUptake(series, clock) ? { imagedAtUptake: true } : {}),
  };
};

/** Phases that a series names by a code; PVP is clear by itself, but shows that codes are in use. */
const codesOf = ({ name, phases }: SeriesView): string[] => {
  if (phases.roles.length !== 1) return [];
  return /\bpvp\b/.test(name) ? ['portal-venous'] : phases.codes;
};

export const viewStudy = (study: readonly SeriesFacts[], hints: readonly StackHints[] = []): StudyView => {
  const series = study.map((facts, index) => viewSeries(facts, index, hints[index]));
  const clock = contrastClock(study);
  const dynamic = series.filter((view) => !excludedByName(view));
  return {
    series,
    clock,
    estimates: estimateTimes(dynamic, clock.times),
    agent: readAgent(study, series, clock),
    echoPairs: findEchoPairs(series),
    usesPhaseCodes: new Set(dynamic.flatMap(codesOf)).size > 1,
    contrastRecorded: series.some((view) => view.contrast === true),
  };
};
