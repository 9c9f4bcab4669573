/** Every figure of a validation as lines of a table: the page and its export say the same. */

import { decimals } from '#shared/format.ts';
import type { AucEstimate } from '#shared/statistics/auc.ts';
import type { Interval } from '#shared/statistics/estimate.ts';
import type { Proportion } from '#shared/statistics/proportion.ts';
import { isProblem, type Problem, type Validation } from '#shared/statistics/validation.ts';
import { problemSentence } from '../../charts/problem-sentence.ts';

export interface FigureRow {
  readonly name: string;
  readonly value: string;
}

export interface FigureGroup {
  readonly title: string | undefined;
  readonly rows: readonly FigureRow[];
}

type Say = (key: string, params?: Record<string, unknown>) => string;

const fixed = (value: number) => decimals(value, 3);
const between = ({ low, high }: Interval) => `${fixed(low)} – ${fixed(high)}`;
const withInterval = (value: number, interval: Interval) => `${fixed(value)} (${between(interval)})`;
/** In the place of an interval that there is none of stands that there is none. */
export const aucText = ({ auc, interval }: AucEstimate, t: Say, digits = 3): string => {
  const known = interval && `${decimals(interval.low, digits)} – ${decimals(interval.high, digits)}`;
  return `${decimals(auc, digits)} (${known ?? t('evidence.noInterval')})`;
};
const exact = (share: Proportion | undefined) => (share ? withInterval(share.value, share.exact) : '—');
const said = <T extends object>(answer: T | Problem, text: (figures: T) => string): string =>
  isProblem(answer) ? problemSentence(answer) : text(answer);
const day = (value: number | undefined) => (value === undefined ? '—' : decimals(value, value % 1 === 0 ? 0 : 1));

const atThreshold = ({ threshold }: Validation, t: Say): FigureRow[] => {
  if (isProblem(threshold)) return [{ name: t('evidence.sensitivity'), value: problemSentence(threshold) }];
  return [
    { name: t('evidence.sensitivity'), value: exact(threshold.sensitivity) },
    { name: t('evidence.specificity'), value: exact(threshold.specificity) },
    { name: t('evidence.ppv'), value: exact(threshold.ppv) },
    { name: t('evidence.npv'), value: exact(threshold.npv) },
    { name: t('evidence.accuracy'), value: exact(threshold.accuracy) },
  ];
};

/** Ties are named, and none is chosen. */
const youdenText = ({ youden }: Validation): string => {
  if (isProblem(youden)) return problemSentence(youden);
  // Everybody or nobody positive is no threshold that could be taken.
  const finite = youden.filter(({ threshold }) => Number.isFinite(threshold));
  return finite.length === 0 ? '—' : finite.map(({ threshold }) => fixed(threshold)).join(' · ');
};

const overall = (validation: Validation, t: Say): FigureRow[] => {
  const { auc, calibration } = validation;
  return [
    { name: 'AUC', value: said(auc, (area) => aucText(area, t)) },
    { name: t('evidence.youden'), value: youdenText(validation) },
    {
      name: t('evidence.inTheLarge'),
      value: said(calibration.inTheLarge, (one) => withInterval(one.value, one.interval)),
    },
    {
      name: t('evidence.slope'),
      value: said(calibration.slope, ({ slope }) => withInterval(slope.value, slope.interval)),
    },
    {
      name: t('evidence.interceptBesideSlope'),
      value: said(calibration.slope, ({ intercept }) => withInterval(intercept.value, intercept.interval)),
    },
    {
      name: t('evidence.observedExpected'),
      value: said(calibration.observedExpected, ({ ratio, interval }) => withInterval(ratio, interval)),
    },
    {
      name: t('evidence.brier'),
      value: said(calibration.brier, ({ brier, scaled }) => `${fixed(brier)} / ${fixed(scaled)}`),
    },
    {
      name: 'ICI / E50 / E90 / Emax (LOWESS)',
      value: said(calibration.smoothed, ({ ici, e50, e90, emax }) => [ici, e50, e90, emax].map(fixed).join(' / ')),
    },
    {
      name: t('evidence.closedTest'),
      value: said(calibration.closedTest, ({ chosen }) => t(`evidence.closed.${chosen}`)),
    },
  ];
};

const survivalRows = ({ survival }: Validation, t: Say): FigureRow[] => {
  if (!survival) return [];
  if (isProblem(survival)) return [{ name: t('evidence.survival'), value: problemSentence(survival) }];
  const { median, patients, events, byThreshold, cox, proportional, concordance } = survival;
  return [
    { name: t('evidence.survivalPatients'), value: `${patients} / ${events}` },
    {
      name: t('evidence.medianTime'),
      value: `${day(median.log.time)} (${day(median.log.low)} – ${day(median.log.high)})`,
    },
    { name: t('evidence.logRankTest'), value: said(byThreshold, ({ logRank }) => `P ${logRank.p.toPrecision(2)}`) },
    {
      name: t('evidence.hazardRatio'),
      value: said(cox, ({ terms: [term] }) => (term ? withInterval(term.hazardRatio, term.interval) : '—')),
    },
    { name: t('evidence.proportional'), value: said(proportional, ({ p }) => `P ${p.toPrecision(2)}`) },
    {
      name: t('evidence.concordance'),
      value: typeof concordance === 'number' ? fixed(concordance) : problemSentence(concordance),
    },
  ];
};

const comparisonRows = ({ comparisons }: Validation): FigureRow[] =>
  comparisons.map(({ score, auc, test }) => ({
    name: score,
    value: `${said(auc, (area) => fixed(area.auc))} · ${said(test, ({ p, pHolm }) => `P ${p.toPrecision(2)} (Holm ${pHolm.toPrecision(2)})`)}`,
  }));

export const figureGroups = (validation: Validation, t: Say): FigureGroup[] =>
  [
    { title: undefined, rows: atThreshold(validation, t) },
    { title: t('evidence.figures'), rows: overall(validation, t) },
    { title: t('evidence.survival'), rows: survivalRows(validation, t) },
    { title: t('evidence.comparedWith'), rows: comparisonRows(validation) },
  ].filter(({ rows }) => rows.length > 0);
