/** The figures of a reader study as tables: what the page shows. Pure, in the words of the page. */
import { criterionNames } from '#shared/clinical/response/timeline.ts';
import { decimals, percent } from '#shared/format.ts';
import type { ReaderFigures, StudyFigures } from '#shared/readers/reader-figures.ts';
import type { StudyResults } from '#shared/readers/study-results.ts';
import type { Interval } from '#shared/statistics/estimate.ts';
import type { Kappa } from '#shared/statistics/kappa.ts';
import { isProblem, type Problem } from '#shared/statistics/validation.ts';
import { problemSentence } from '../../charts/problem-sentence.ts';
import { aucText } from '../evidence/figure-rows.ts';

type Say = (key: string, params?: Record<string, unknown>) => string;

/** A figure, or in its place why there is none: a word for the cell, and the sentence for whoever asks. */
export interface Cell {
  readonly text: string;
  readonly why?: string;
}

export interface ResultTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly note?: string;
}

const plain = (text: string): Cell => ({ text });
const said = <T extends object>(found: T | Problem | undefined, text: (figures: T) => string): Cell => {
  if (found === undefined) return plain('—');
  return isProblem(found) ? { text: '—', why: problemSentence(found) } : plain(text(found as T));
};
const withInterval = (value: number, { low, high }: Interval): string =>
  `${decimals(value, 2)} (${decimals(low, 2)} – ${decimals(high, 2)})`;
export const pText = (p: number): string => (p < 0.001 ? '<0.001' : p.toPrecision(2));

/** Where every pair agrees there is no variance, and an interval without width would look like certainty. */
const NO_ERROR = 1e-6;
const kappaCell = (found: Kappa | Problem, say: Say): Cell =>
  said(found, ({ kappa, standardError, interval }) =>
    standardError < NO_ERROR
      ? `${decimals(kappa, 2)} (${say('readers.results.perfect')})`
      : withInterval(kappa, { low: Math.max(-1, interval.low), high: Math.min(1, interval.high) }),
  );

export const flowRows = (figures: StudyFigures, { criterion }: StudyResults, say: Say): [string, string][] => [
  [say('readers.results.cases'), String(figures.cases)],
  ...figures.excluded
    .filter(({ reason }) => reason === 'unread')
    .map(({ reason, count }): [string, string] => [say(`readers.results.excluded.${reason}`), `−${count}`]),
  [say('readers.results.read'), String(figures.read)],
  ...figures.excluded
    .filter(({ reason }) => reason !== 'unread')
    .map(({ reason, count }): [string, string] => [say(`readers.results.excluded.${reason}`), `−${count}`]),
  [say('readers.results.evaluated', { criterion: criterionNames[criterion] }), String(figures.evaluated)],
  [say('readers.results.events'), String(figures.events)],
  ...figures.notCompared.map(({ reason, count }): [string, string] => [
    say(`readers.results.excluded.${reason}`),
    `−${count}`,
  ]),
  [say('readers.results.compared'), String(figures.compared)],
];

const spread = (found: ReaderFigures['seconds']['first']): Cell =>
  plain(found ? `${decimals(found.median, 0)} (${decimals(found.low, 0)} – ${decimals(found.high, 0)})` : '—');

const readerTable = (figures: StudyFigures, say: Say): ResultTable => {
  const column = (name: string) => say(`readers.results.columns.${name}`);
  return {
    title: say('readers.results.readers'),
    header: ['reader', 'auc', 'difference', 'p', 'pHolm', 'time'].map(column),
    rows: [
      [
        plain(say('readers.results.model')),
        said(figures.model.auc, (auc) => aucText(auc, say, 2)),
        ...Array.from({ length: 4 }, () => plain('')),
      ],
      ...figures.readers.map((one) => [
        plain(one.name),
        said(one.auc, (auc) => aucText(auc, say, 2)),
        said(one.againstModel, ({ difference, interval }) => withInterval(difference, interval)),
        said(one.againstModel, ({ p }) => pText(p)),
        said(one.againstModel, ({ pHolm }) => pText(pHolm)),
        spread(one.seconds.first),
      ]),
      ...(figures.readers.length > 1
        ? [
            [
              plain(say('readers.results.mean')),
              said(figures.meanAuc, ({ value }) => decimals(value, 2)),
              ...Array.from({ length: 4 }, () => plain('')),
            ],
          ]
        : []),
    ],
    note: say('readers.results.comparedOn', { n: figures.compared, events: figures.comparedEvents }),
  };
};

const mindTable = (figures: StudyFigures, threshold: number, say: Say): ResultTable => {
  const names = ['reader', 'second', 'gain', 'better', 'worse', 'mcNemar', 'towards', 'away', 'sign', 'timeSecond'];
  return {
    title: say('readers.results.mind'),
    header: names.map((name) => say(`readers.results.columns.${name}`)),
    rows: figures.readers.map(({ name, aucWithModel, gain, changes, seconds }) => [
      plain(name),
      said(aucWithModel, (auc) => aucText(auc, say, 2)),
      said(gain, ({ difference, interval }) => withInterval(difference, interval)),
      plain(String(changes?.better ?? '—')),
      plain(String(changes?.worse ?? '—')),
      said(changes?.p, ({ value }) => pText(value)),
      plain(String(changes?.towards ?? '—')),
      plain(String(changes?.away ?? '—')),
      said(changes?.pMoved, ({ value }) => pText(value)),
      spread(seconds.second),
    ]),
    note: say('readers.results.mindNote', { threshold: percent(threshold) }),
  };
};

const agreementTable = (figures: StudyFigures, threshold: number, say: Say): ResultTable => ({
  title: say('readers.results.agreement'),
  header: ['pair', 'n', 'calls', 'confidence'].map((name) =>
    say(`readers.results.columns.${name}`, { threshold: percent(threshold) }),
  ),
  rows: figures.agreement.map(({ first, second, cases, calls, confidence }) => [
    plain(`${first} – ${second}`),
    plain(String(cases)),
    kappaCell(calls, say),
    kappaCell(confidence, say),
  ]),
});

export const resultTables = (figures: StudyFigures, { readings, threshold }: StudyResults, say: Say): ResultTable[] => [
  readerTable(figures, say),
  ...(readings === 2 ? [mindTable(figures, threshold, say)] : []),
  ...(figures.agreement.length > 0 ? [agreementTable(figures, threshold, say)] : []),
];

/** With the model and without, over all readers; a sentence where there is none. */
export const allReadersText = ({ withModel }: StudyFigures, say: Say): string | undefined => {
  if (withModel === undefined) return undefined;
  if (isProblem(withModel)) return problemSentence(withModel);
  const { difference, f, df1, df2, p } = withModel.randomReaders;
  if (!difference) return undefined;
  const { value, interval } = difference;
  return say('readers.results.orFigures', {
    value: decimals(value, 3),
    low: decimals(interval.low, 3),
    high: decimals(interval.high, 3),
    df1,
    df2: Number.isFinite(df2) ? decimals(df2, 1) : 'Inf',
    f: decimals(f, 2),
    p: pText(p),
  });
};
