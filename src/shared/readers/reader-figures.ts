/**
 * Readers beside the model, beside each other, and before and after they saw it. Pure. Only readers who finished, and only cases
 * that all of them read: a figure over other cases for each would compare the cases and not the readers.
 */
import { type AucComparison, type AucEstimate, aucWithInterval, compareAucs } from '../statistics/auc.ts';
import { mean, NotEstimable } from '../statistics/estimate.ts';
import { holm } from '../statistics/holm.ts';
import { type Kappa, kappa } from '../statistics/kappa.ts';
import { exactSignTest } from '../statistics/paired-changes.ts';
import { quantile } from '../statistics/quantile.ts';
import { readerStudy, type ReaderStudy as StudyTest } from '../statistics/reader-study.ts';
import { responders } from '../statistics/response-rates.ts';
import { atThreshold, type RocPoint, rocCurve, type ThresholdFigures } from '../statistics/roc.ts';
import { attempt, isProblem, type Problem } from '../statistics/validation.ts';
import type { ReaderStudy, Reading, ReadingKind } from './reader-study.ts';
import { modelExclusions, type ReadCase, type ResultReader, readExclusions } from './study-results.ts';

export interface StudyData {
  readonly study: Pick<ReaderStudy, 'readings' | 'threshold'>;
  readonly readers: readonly ResultReader[];
  readonly cases: readonly ReadCase[];
}

export interface ReaderFigures {
  readonly key: string;
  readonly name: string;
  /** By the first reading, on all cases with an outcome. */
  readonly auc: AucEstimate | Problem;
  readonly roc: readonly RocPoint[] | Problem;
  /** By the second; undefined where there was one reading. */
  readonly aucWithModel: AucEstimate | Problem | undefined;
  /** The model minus the first reading, DeLong's paired test, on the cases that have both; `pHolm` holds for all readers together. */
  readonly againstModel: (AucComparison & { readonly pHolm: number }) | Problem;
  /** The second reading minus the first. */
  readonly gain: AucComparison | Problem | undefined;
  readonly changes: Changes | undefined;
  readonly seconds: { readonly first: Spread | undefined; readonly second: Spread | undefined };
  /** How often the clock stood still. */
  readonly pauses: number;
}

/** Median and quartiles. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What became of a reader's calls once the model was seen, held to the outcome. */
export interface Changes {
  readonly cases: number;
  /** Calls at the threshold of the study that became right, and that became wrong. */
  readonly better: number;
  readonly worse: number;
  /** Exact McNemar, two-sided. */
  readonly p: { readonly value: number } | Problem;
  /** Probabilities that moved towards the outcome, and away from it. */
  readonly towards: number;
  readonly away: number;
  /** Exact sign test, two-sided. */
  readonly pMoved: { readonly value: number } | Problem;
}

export interface Agreement {
  readonly first: string;
  readonly second: string;
  readonly cases: number;
  /** Of calls at the threshold of the study: two steps, so that weights change nothing. */
  readonly calls: Kappa | Problem;
  /** Of the confidence, 1 to 5, with quadratic weights. */
  readonly confidence: Kappa | Problem;
}

export interface StudyFigures {
  /** Cases of the study, and those that every counted reader read. */
  readonly cases: number;
  readonly read: number;
  /** Of these with an outcome, and with response. */
  readonly evaluated: number;
  readonly events: number;
  /** Of these with a number of the model. */
  readonly compared: number;
  readonly comparedEvents: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  readonly notCompared: readonly { readonly reason: string; readonly count: number }[];
  readonly model: {
    readonly auc: AucEstimate | Problem;
    readonly roc: readonly RocPoint[] | Problem;
    /** At the threshold of the study, on the cases of the curve. */
    readonly atThreshold: ThresholdFigures | Problem;
  };
  readonly readers: readonly ReaderFigures[];
  /** Names of those who left or did not finish: in no figure. */
  readonly brokenOff: readonly string[];
  readonly agreement: readonly Agreement[];
  /** With the model minus without it, readers and patients both standing for others (Obuchowski and Rockette). */
  readonly withModel: StudyTest | Problem | undefined;
  /** Mean over readers of the AUC without the model. */
  readonly meanAuc: { readonly value: number } | Problem;
}

const CONFIDENCES = [1, 2, 3, 4, 5];

const readingOf = (one: ReadCase, key: string, kind: ReadingKind): Reading | undefined => one.readings[key]?.[kind];

interface Evaluated {
  readonly one: ReadCase;
  readonly outcome: 0 | 1;
}

const evaluatedOf = (cases: readonly ReadCase[]): Evaluated[] =>
  cases.flatMap((one) =>
    one.response === null ? [] : [{ one, outcome: responders.includes(one.response) ? 1 : 0 } satisfies Evaluated],
  );

const probabilitiesOf = (cases: readonly Evaluated[], key: string, kind: ReadingKind): number[] =>
  cases.map(({ one }) => readingOf(one, key, kind)?.probability ?? Number.NaN);

const outcomesOf = (cases: readonly Evaluated[]): number[] => cases.map(({ outcome }) => outcome);

const spreadOf = (values: readonly number[]): Spread | undefined =>
  values.length === 0
    ? undefined
    : { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };

const tested = (one: number, other: number) => attempt(() => ({ value: exactSignTest(one, other) }));

const changesOf = (cases: readonly Evaluated[], key: string, threshold: number): Changes => {
  const pairs = cases.map(({ one, outcome }) => {
    const [before, after] = (['first', 'second'] as const).map((kind) => readingOf(one, key, kind)?.probability ?? 0);
    const isRight = (probability: number) => probability >= threshold === (outcome === 1);
    const moved = ((after ?? 0) - (before ?? 0)) * (outcome === 1 ? 1 : -1);
    return { wasRight: isRight(before ?? 0), isRight: isRight(after ?? 0), moved };
  });
  const count = (holds: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(holds).length;
  const [better, worse] = [count((one) => !one.wasRight && one.isRight), count((one) => one.wasRight && !one.isRight)];
  const [towards, away] = [count(({ moved }) => moved > 0), count(({ moved }) => moved < 0)];
  return {
    cases: pairs.length,
    better,
    worse,
    p: tested(better, worse),
    towards,
    away,
    pMoved: tested(towards, away),
  };
};

const pairsOf = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((first, place) => items.slice(place + 1).map((second): [T, T] => [first, second]));

/** Two steps, and both readers on one of them: agreement by chance is complete, and κ is none. */
const agreementOf = (read: readonly ReadCase[], [a, b]: [ResultReader, ResultReader], threshold: number): Agreement => {
  const both = read.flatMap((one) => {
    const [first, second] = [readingOf(one, a.key, 'first'), readingOf(one, b.key, 'first')];
    return first && second ? [{ first, second }] : [];
  });
  const call = ({ probability }: Reading) => (probability >= threshold ? 1 : 0);
  return {
    first: a.name,
    second: b.name,
    cases: both.length,
    calls: attempt(() =>
      kappa(
        both.map(({ first }) => call(first)),
        both.map(({ second }) => call(second)),
        [0, 1],
      ),
    ),
    confidence: attempt(() =>
      kappa(
        both.map(({ first }) => first.confidence),
        both.map(({ second }) => second.confidence),
        CONFIDENCES,
        'quadratic',
      ),
    ),
  };
};

const counted = <T extends string>(reasons: readonly T[], found: readonly (T | null)[]) =>
  reasons
    .map((reason) => ({ reason, count: found.filter((one) => one === reason).length }))
    .filter(({ count }) => count > 0);

export const readerFigures = ({ study, readers, cases }: StudyData): StudyFigures => {
  const finished = readers.filter((one) => one.finished && !one.left);
  const kinds: readonly ReadingKind[] = study.readings === 2 ? ['first', 'second'] : ['first'];
  const isRead = (one: ReadCase) =>
    finished.length > 0 && finished.every(({ key }) => kinds.every((kind) => readingOf(one, key, kind)));
  const read = cases.filter(isRead);
  const evaluated = evaluatedOf(read);
  const compared = evaluated.filter(({ one }) => one.model !== null);
  const numbers = compared.map(({ one }) => one.model ?? Number.NaN);
  const [outcomes, comparedOutcomes] = [outcomesOf(evaluated), outcomesOf(compared)];
  const isTwice = study.readings === 2;

  const figuresOf = ({
    key,
    name,
  }: ResultReader): Omit<ReaderFigures, 'againstModel'> & {
    againstModel: AucComparison | Problem;
  } => {
    const [first, second] = kinds.map((kind) => probabilitiesOf(evaluated, key, kind));
    const own = read.flatMap((one) => kinds.flatMap((kind) => readingOf(one, key, kind) ?? []));
    const secondsOf = (kind: ReadingKind) => spreadOf(read.flatMap((one) => readingOf(one, key, kind)?.seconds ?? []));
    return {
      key,
      name,
      auc: attempt(() => aucWithInterval(outcomes, first ?? [])),
      roc: attempt(() => rocCurve(outcomes, first ?? [])),
      aucWithModel: isTwice ? attempt(() => aucWithInterval(outcomes, second ?? [])) : undefined,
      againstModel: attempt(() => compareAucs(comparedOutcomes, numbers, probabilitiesOf(compared, key, 'first'))),
      gain: isTwice ? attempt(() => compareAucs(outcomes, second ?? [], first ?? [])) : undefined,
      changes: isTwice ? changesOf(evaluated, key, study.threshold) : undefined,
      seconds: { first: secondsOf('first'), second: isTwice ? secondsOf('second') : undefined },
      pauses: own.reduce((sum, { pauses }) => sum + pauses, 0),
    };
  };

  const figures = finished.map(figuresOf);
  const adjusted = holm(figures.flatMap(({ againstModel }) => (isProblem(againstModel) ? [] : [againstModel.p])));
  let next = 0;
  const withHolm = figures.map(
    ({ againstModel, ...one }): ReaderFigures => ({
      ...one,
      againstModel: isProblem(againstModel)
        ? againstModel
        : { ...againstModel, pHolm: adjusted[next++] ?? againstModel.p },
    }),
  );
  const scoresOf = (kind: ReadingKind) => finished.map(({ key }) => probabilitiesOf(evaluated, key, kind));
  return {
    cases: cases.length,
    read: read.length,
    evaluated: evaluated.length,
    events: outcomes.filter((outcome) => outcome === 1).length,
    compared: compared.length,
    comparedEvents: comparedOutcomes.filter((outcome) => outcome === 1).length,
    excluded: [
      { reason: 'unread', count: cases.length - read.length },
      ...counted(
        readExclusions,
        read.map(({ excluded }) => excluded),
      ),
    ].filter(({ count }) => count > 0),
    notCompared: counted(
      modelExclusions,
      evaluated.map(({ one }) => one.modelExcluded),
    ),
    model: {
      auc: attempt(() => aucWithInterval(comparedOutcomes, numbers)),
      roc: attempt(() => rocCurve(comparedOutcomes, numbers)),
      atThreshold: attempt(() => atThreshold(comparedOutcomes, numbers, study.threshold)),
    },
    readers: withHolm,
    brokenOff: readers.filter((one) => !one.finished || one.left).map(({ name }) => name),
    agreement: pairsOf(finished).map((pair) => agreementOf(read, pair, study.threshold)),
    withModel: isTwice ? attempt(() => readerStudy(outcomes, [scoresOf('second'), scoresOf('first')])) : undefined,
    meanAuc: attempt(() => {
      const areas = withHolm.map(({ auc }) => {
        if (isProblem(auc)) throw new NotEstimable(auc.problem, auc.reason, auc.params);
        return auc.auc;
      });
      return { value: mean(areas) };
    }),
  };
};
