/** What the model says, what speaks against it, why it says so, and what another one says. Pure. */
import { unitLabel } from '../clinical/labels.ts';
import type { RecalibratedResult } from '../evidence/recalibration/recalibrated-result.ts';
import { percent, percentsApart, signed, utcMinute } from '../format.ts';
import { valueUsed } from '../model/contribution-rows.ts';
import type { PredictionWarning } from '../model/prediction.ts';
import { warningSentenceIn, withheldSentenceIn } from '../words/prediction-sentences.ts';
import { listed, type Words } from '../words/words.ts';
import type { ReportContent, ReportContribution, ReportModel, ReportResult } from './report-content.ts';
import { block, muted, row, strong } from './rows.ts';
import type { Block, Figure, Row } from './sheet.ts';

type Shown = Extract<ReportResult, { state: 'shown' }>;

const figureOf = (result: Shown, criterion: string, words: Words): Figure => {
  const { probability, interval, threshold, event, decision } = result;
  const [number, limit] = percentsApart(probability, threshold);
  const intervalKey = interval?.widened ? 'result.intervalWidened' : 'result.interval';
  const noInterval = result.noInterval === 'unknown' ? 'result.intervalUnknown' : 'result.noInterval';
  const verdict = words.say(decision === 'above-threshold' ? 'result.above' : 'result.below');
  return {
    text: number,
    beside: [
      event
        ? words.say('result.event', { event: event.join('/'), criterion })
        : words.say('result.eventUnnamed', { criterion }),
      interval
        ? words.say(intervalKey, {
            level: percent(interval.level),
            low: percent(interval.low),
            high: percent(interval.high),
          })
        : words.say(noInterval),
      `${verdict} · ${words.say('result.threshold', { value: limit })}`,
    ],
    probability,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    threshold,
  };
};

/** As on the screen: both probabilities by their names, and what the second rests on. */
const recalibratedRows = (
  { probability, interval }: Shown,
  recalibrated: RecalibratedResult,
  { model: { id, version }, words }: { model: ReportModel; words: Words },
): Row[] => {
  const { number, patients, events, simulated, at, by } = recalibrated;
  const [own, moved] = percentsApart(probability, recalibrated.probability);
  const ends = (low: number | null, high: number | null) =>
    low === null || high === null ? '' : ` (${percent(low)}–${percent(high)})`;
  return [
    ...(simulated ? [strong(words.say('evidence.simulatedCohort'))] : []),
    row(
      `${words.say('result.recalibrated.original', { model: `${id} ${version}` })}: ${own}${ends(interval?.low ?? null, interval?.high ?? null)}`,
    ),
    strong(
      `${words.say('result.recalibrated.moved', { number })}: ${moved}${ends(recalibrated.low, recalibrated.high)}`,
    ),
    muted(words.say('result.recalibrated.what', { patients, events, when: utcMinute(at), by })),
  ];
};

const baseRateRows = ({ result, model }: ReportContent, words: Words): Row[] => {
  if (!model) return [];
  const { criterion } = model;
  const trained = muted(words.say('report.baseRate', { rate: percent(model.baseRate), criterion }));
  if (result.state !== 'shown') return [trained];
  if (result.recalibrated) return [...recalibratedRows(result, result.recalibrated, { model, words }), trained];
  const at = result.atBaseRate;
  if (!at) return [trained];
  const title = strong(words.say('report.atBaseRate', { rate: percent(at.rate), criterion }));
  if (at.basis === 'none') return [title, muted(words.say('report.atBaseRateNone')), trained];
  const shown = (value: number | null) => (value === null ? '—' : percent(value));
  const values = { ppv: shown(at.ppv), npv: shown(at.npv) };
  if (at.basis === 'metrics') {
    const { cohort, n, sensitivity, specificity } = at;
    const from = { cohort, n, sensitivity: percent(sensitivity), specificity: percent(specificity) };
    return [
      title,
      row(words.say('report.atBaseRateValues', values)),
      muted(words.say('result.baseRate.from', from)),
      muted(words.say('result.baseRate.noPopulation')),
      trained,
    ];
  }
  const { probability, low, high, cohort, patients } = at;
  const numbers =
    low === null || high === null
      ? words.say('report.atBaseRateBare', { probability: percent(probability), ...values })
      : words.say('report.atBaseRateNumbers', {
          probability: percent(probability),
          low: percent(low),
          high: percent(high),
          ...values,
        });
  const method = words.say('result.baseRate.method', { n: patients, rate: percent(at.rate), cohort });
  return [
    title,
    strong(numbers),
    muted(`${words.say('result.baseRate.approximate')}. ${words.say('result.baseRate.decision')}`),
    muted(method),
    trained,
  ];
};

const isRecalibrated = ({ result }: ReportContent): boolean =>
  result.state === 'shown' && result.recalibrated !== undefined;

export const baseRateBlock = (content: ReportContent, words: Words): Block[] =>
  block({
    id: 'base-rate',
    title: words.say(isRecalibrated(content) ? 'result.recalibrated.title' : 'result.baseRate.title'),
    widths: [1],
    rows: baseRateRows(content, words),
    column: 'left',
    yields: 2,
  });

/** How far the probability could move: to one value where that is known, else within a range. */
const moveOf = ({ params, couldMoveTo }: PredictionWarning, words: Words): string => {
  if (params?.wouldGive !== undefined) return words.say('result.wouldGive', { percent: params.wouldGive });
  return couldMoveTo
    ? words.say('result.couldMove', { low: percent(couldMoveTo.low), high: percent(couldMoveTo.high) })
    : '';
};

export const warningBlocks = (content: ReportContent, words: Words): Block[] => {
  // The banner says all there is to say of a simulated model.
  const warnings = content.warnings.filter(({ code }) => code !== 'simulated-model');
  const lines = (isSerious: boolean) =>
    warnings
      .filter(({ severity }) => (severity === 'serious') === isSerious)
      .map((warning) =>
        row(`! ${[warningSentenceIn(words, warning), moveOf(warning, words)].filter(Boolean).join(' ')}`),
      );
  const [serious, moves] = [lines(true), lines(false)];
  const title = (group: string, n: number) => `${words.say(`result.groups.${group}`)} (${n})`;
  return [
    ...block({
      id: 'serious',
      title: title('serious', serious.length),
      widths: [1],
      rows: serious,
      framed: true,
      column: 'left',
      yields: 0,
    }),
    ...block({ id: 'moves', title: title('moves', moves.length), widths: [1], rows: moves, column: 'left', yields: 2 }),
  ];
};

export const resultBlock = (content: ReportContent, words: Words): Block => {
  const { result, model } = content;
  const common = { id: 'result', title: words.say('result.title'), widths: [1], column: 'left', yields: 0 } as const;
  if (result.state === 'none') return { ...common, rows: [row(words.say('report.none'))] };
  if (result.state === 'covered') {
    const dates = listed(words, result.meetings);
    return { ...common, framed: true, rows: [row(words.say('report.covered', { dates }))] };
  }
  if (result.state === 'withheld') {
    return {
      ...common,
      title: words.say('result.withheld.title'),
      framed: true,
      rows: [
        row(words.say('result.withheld.because')),
        ...result.because.map((reason) => strong(withheldSentenceIn(words, reason))),
      ],
    };
  }
  return { ...common, rows: [], figure: figureOf(result, model?.criterion ?? '', words) };
};

const contributionName = (one: ReportContribution, words: Words): string => {
  if (one.kind === 'base') return words.say('result.base');
  if (one.kind === 'image') return words.say('result.image');
  const key = `factors.names.${one.factor}`;
  const name = words.has(key) ? words.say(key) : one.factor;
  if (one.value === null) return `${name} (${words.say('result.missing')})`;
  if (one.option !== null) return `${name} ${words.say(`factors.options.${one.factor}.${one.option}`)}`;
  const unit = one.unit === 'years' ? words.say('factors.years') : unitLabel(one.unit);
  const counted =
    one.countedAs === null ? '' : ` (${words.say('result.countedAs', { value: valueUsed(one.countedAs) })})`;
  return `${name} ${valueUsed(one.value)} ${unit}`.trim() + counted;
};

export const whyBlocks = ({ result }: ReportContent, words: Words): Block[] => {
  if (result.state !== 'shown') return [];
  const rows = result.contributions.map(
    (one): Row => ({
      cells: [contributionName(one, words), '', signed(one.contribution)],
      bar: one.contribution,
    }),
  );
  const sum = strong(words.say('result.addsUp', { logit: signed(result.logit) }));
  return [
    {
      id: 'why',
      title: words.say('result.why'),
      widths: [0.55, 0.32, 0.13],
      rows: [sum, ...rows],
      column: 'left',
      yields: 3,
    },
  ];
};

export const comparedBlocks = ({ result }: ReportContent, words: Words): Block[] => {
  if (result.state !== 'shown' || !result.compared) return [];
  const { id, version, probability, interval, threshold, criterion, status } = result.compared;
  const number =
    probability === null
      ? words.say('result.withheld.title')
      : words.say('report.comparedNumber', {
          probability: percent(probability),
          interval: interval
            ? words.say('report.intervalOf', {
                low: percent(interval.low),
                high: percent(interval.high),
                level: percent(interval.level),
              })
            : '—',
          threshold: threshold === null ? '—' : percent(threshold),
          criterion,
        });
  return [
    {
      id: 'compared',
      title: words.say('report.compared'),
      widths: [1],
      rows: [strong(`${id} ${version}`), row(`${number} · ${words.say(`models.status.${status}`)}`)],
      column: 'left',
      yields: 2,
    },
  ];
};
