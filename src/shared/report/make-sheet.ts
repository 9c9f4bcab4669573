/** Puts a report into words. Pure. */

import { plainNumber } from '../clinical/check-range.ts';
import { scoreParts } from '../clinical/factor-messages.ts';
import { entryText, ruleLabel, unitLabel } from '../clinical/labels.ts';
import { isoDate, percent, percentsApart, signed, utcMinute } from '../format.ts';
import { valueUsed } from '../model/contribution-rows.ts';
import type { PredictionWarning } from '../model/prediction.ts';
import { displayName } from '../study/display-name.ts';
import { warningSentenceIn, warningSourceIn, withheldSentenceIn } from '../words/prediction-sentences.ts';
import { listed, type Words } from '../words/words.ts';
import { decisionBlocks, deliberationOf } from './decision-blocks.ts';
import type { ReportContent, ReportContribution, ReportFactor, ReportResult, ReportScore } from './report-content.ts';
import type { Block, Figure, Row, Sheet } from './sheet.ts';

const row = (...cells: string[]): Row => ({ cells });
const muted = (...cells: string[]): Row => ({ cells, tone: 'muted' });
const strong = (...cells: string[]): Row => ({ cells, tone: 'strong' });
/** No block without a row. */
const block = (one: Block): Block[] => (one.rows.length > 0 || one.figure ? [one] : []);

const bannerOf = ({ model, simulated }: ReportContent, words: Words): Sheet['banner'] => {
  if (model?.status === 'clinical' && !simulated) return null;
  const status = model?.status === 'clinical' ? undefined : model?.status;
  return {
    strong: words.say('common.banner.strong'),
    text: [
      status ? words.say(`common.banner.${status}`) : words.say('report.notClinical'),
      ...(simulated ? [words.say('report.simulatedPatient')] : []),
    ].join(' '),
  };
};

const identityOf = ({ patient, ageYears, study, identityHidden }: ReportContent, words: Words): string[] => {
  const name = identityHidden
    ? words.say('report.identityHidden')
    : displayName(patient) || words.say('common.identity.unknown');
  const sexKey = `common.identity.sex.${patient.sex}`;
  const sex = words.has(sexKey) ? words.say(sexKey) : patient.sex;
  const modality =
    study.modalities.length === 0 ? 'MRI' : study.modalities.map((one) => (one === 'MR' ? 'MRI' : one)).join(', ');
  const join = (parts: (string | undefined | null)[]) => parts.filter(Boolean).join(' · ');
  return [
    name,
    join([
      sex,
      ageYears === null ? undefined : words.say('common.identity.years', { n: Math.floor(ageYears) }),
      patient.birthDate && words.say('report.born', { date: isoDate(patient.birthDate) }),
      patient.patientId && words.say('common.identity.id', { id: patient.patientId }),
    ]),
    study.series === 0
      ? join([isoDate(study.date ?? undefined), words.say('common.identity.noImages')])
      : join([
          `${modality} ${isoDate(study.date ?? undefined)}`.trim(),
          study.description,
          study.fieldStrengthT === null ? undefined : `${study.fieldStrengthT} T`,
          study.contrastAgent,
          study.accessionNumber && words.say('report.accession', { number: study.accessionNumber }),
        ]),
  ].filter((line) => line !== '');
};

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

const baseRateRows = ({ result, model }: ReportContent, words: Words): Row[] => {
  if (!model) return [];
  const { criterion } = model;
  const trained = muted(words.say('report.baseRate', { rate: percent(model.baseRate), criterion }));
  if (result.state !== 'shown') return [trained];
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

/** How far the probability could move: to one value where that is known, else within a range. */
const moveOf = ({ params, couldMoveTo }: PredictionWarning, words: Words): string => {
  if (params?.wouldGive !== undefined) return words.say('result.wouldGive', { percent: params.wouldGive });
  return couldMoveTo
    ? words.say('result.couldMove', { low: percent(couldMoveTo.low), high: percent(couldMoveTo.high) })
    : '';
};

const warningBlocks = (content: ReportContent, words: Words): Block[] => {
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

const resultBlock = (content: ReportContent, words: Words): Block => {
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

const whyBlocks = ({ result }: ReportContent, words: Words): Block[] => {
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

const comparedBlocks = ({ result }: ReportContent, words: Words): Block[] => {
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

/** The day of all samples, where it is one. */
const commonDate = (factors: readonly ReportFactor[]): string | undefined => {
  const dates = new Set(factors.map(({ date }) => date));
  const [only] = dates;
  return dates.size === 1 && only ? isoDate(only) : undefined;
};

const factorText = ({ id, value, comparator, unit, assay, ngPerIU, origin }: ReportFactor, words: Words): string => {
  const option = `factors.options.${id}.${value}`;
  const text = words.has(option)
    ? words.say(option)
    : entryText({ value, ...(comparator === null ? {} : { comparator }) });
  return [
    text,
    unit === 'years' ? words.say('factors.years') : unitLabel(unit ?? ''),
    assay,
    ngPerIU === null ? '' : `${ngPerIU} ${words.say('factors.ngPerIU')}`,
    origin === 'user' ? '' : `(${words.say(origin === 'lesion' ? 'factors.fromLesion' : 'factors.fromStudy')})`,
  ]
    .filter(Boolean)
    .join(' ');
};

const factorRow = (factor: ReportFactor, isDated: boolean, words: Words): Row => {
  const { id, date, flag } = factor;
  const flagged = flag === null ? '' : `! ${words.say(`factors.flags.${flag}`)}`;
  const [name, text] = [words.say(`factors.names.${id}`), factorText(factor, words)];
  return {
    cells: isDated ? [name, text, isoDate(date ?? undefined), flagged] : [name, text, flagged],
    ...(flag === null ? {} : { tone: 'strong' as const }),
  };
};

const factorBlock = ({ factors, refusedFactors }: ReportContent, words: Words): Block[] => {
  const date = commonDate(factors);
  const isDated = date === undefined;
  const names = refusedFactors.map((id) => words.say(`factors.names.${id}`));
  const title = words.say('report.factors');
  return block({
    id: 'factors',
    title: isDated ? title : words.say('report.factorsDated', { title, date }),
    widths: isDated ? [0.33, 0.35, 0.18, 0.14] : [0.4, 0.46, 0.14],
    rows: [
      ...factors.map((factor) => factorRow(factor, isDated, words)),
      ...(names.length === 0 ? [] : [strong(words.say('report.refused', { names: listed(words, names) }))]),
    ],
    column: 'right',
    yields: 1,
  });
};

const lesionBlock = ({ lesions }: ReportContent, words: Words): Block[] =>
  block({
    id: 'lesions',
    title: words.say('report.lesions'),
    widths: [0.2, 0.4, 0.4],
    rows: lesions.map(
      ({ label, kind, isIndex, longMm, shortMm }): Row => ({
        cells: [
          label,
          shortMm === null
            ? words.say('report.lesionLong', { long: longMm.toFixed(1) })
            : words.say('report.lesionSize', { long: longMm.toFixed(1), short: shortMm.toFixed(1) }),
          [
            words.say(kind === 'target' ? 'report.target' : 'report.nonTarget'),
            isIndex ? words.say('report.isIndex') : '',
          ]
            .filter(Boolean)
            .join(', '),
        ],
        ...(isIndex ? { tone: 'strong' as const } : {}),
      }),
    ),
    yields: 1,
  });

const scoreText = ({ id, value, grade, edition }: ReportScore, words: Words): string => {
  const parts = scoreParts({
    id,
    value,
    ...(grade === null ? {} : { grade }),
    ...(edition === null ? {} : { candidates: [] }),
  }).map((part) => (typeof part === 'string' ? part : words.say(part.key, part.params)));
  return [...parts, edition ? `(${edition})` : ''].filter(Boolean).join(' · ').replace(' · (', ' (');
};

/** Two beside each other: a score is short. */
const pairs = (cells: readonly (readonly [string, string])[]): Row[] =>
  cells.flatMap((cell, i) => (i % 2 === 0 ? [row(...cell, ...(cells[i + 1] ?? ['', '']))] : []));

const scoreBlocks = ({ scores }: ReportContent, words: Words): Block[] => {
  const rows = (isComparator: boolean) =>
    pairs(
      scores
        .filter((score) => score.isComparator === isComparator)
        .map((score) => [words.say(`factors.scores.names.${score.id}`), scoreText(score, words)] as const),
    );
  const widths = [0.24, 0.28, 0.22, 0.26];
  return [
    ...block({ id: 'comparators', title: words.say('report.comparators'), widths, rows: rows(true), yields: 3 }),
    ...block({ id: 'scores', title: words.say('report.scores'), widths, rows: rows(false), yields: 4 }),
  ];
};

const flagText = ({ id, value, rule }: ReportContent['flags'][number], words: Words): string => {
  const name = words.say(`factors.flags.names.${id}`);
  return rule === 'present'
    ? name
    : words.say('factors.flags.text', { name, value: plainNumber(value ?? 0), rule: ruleLabel(rule) });
};

const flagBlock = ({ flags }: ReportContent, words: Words): Block[] =>
  block({
    id: 'flags',
    title: words.say('factors.flags.title'),
    widths: [0.18, 0.82],
    rows: flags.map((flag) => row(words.say(`factors.flags.${flag.kind}`), flagText(flag, words))),
    yields: 5,
  });

const courseBlock = ({ course }: ReportContent, words: Words): Block[] => {
  if (!course) return [];
  const { cycles, followUps, best, state } = course;
  const parts = [
    words.say('report.cycles', { n: cycles }),
    words.say('report.followUps', { n: followUps }),
    words.say('report.best', { recist: best['recist-1.1'] ?? '–', mrecist: best.mrecist ?? '–' }),
    ...(state === 'closed' ? [words.say('report.closed')] : []),
  ];
  return [{ id: 'course', title: words.say('report.course'), widths: [1], rows: [row(parts.join(' · '))], yields: 5 }];
};

const noteBlock = ({ note }: ReportContent, words: Words): Block[] =>
  block({
    id: 'note',
    title: words.say('report.note'),
    widths: [1],
    rows: note
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => row(line)),
    yields: 6,
  });

/** Sources and explanations, for who asks for them. */
const explanations = (content: ReportContent, words: Words): Block[] => {
  const { result, flags, warnings } = content;
  const sources = [
    ...flags.map(
      ({ id }) => [words.say(`factors.flags.names.${id}`), words.say(`factors.flags.sources.${id}`)] as const,
    ),
    ...warnings.flatMap((warning) => {
      const source = warning.code === 'hold-flag' ? '' : warningSourceIn(words, warning);
      return source === '' ? [] : [[warningSentenceIn(words, warning), source] as const];
    }),
  ];
  const reading =
    result.state === 'shown'
      ? [
          words.say('result.map.text'),
          words.say('result.notCause'),
          ...(result.thresholdMethod === null
            ? []
            : [
                words.say('result.thresholdChosen', {
                  value: percent(result.threshold),
                  method: result.thresholdMethod,
                }),
              ]),
        ]
      : [];
  return [
    ...block({
      id: 'sources',
      title: words.say('report.sources'),
      widths: [0.35, 0.65],
      rows: sources.map((cells) => row(...cells)),
      yields: 0,
    }),
    ...block({
      id: 'reading',
      title: words.say('report.reading'),
      widths: [1],
      rows: [...reading, words.say('factors.flags.note')].map((line) => row(line)),
      yields: 0,
    }),
  ];
};

const footerOf = (content: ReportContent, words: Words): string[] => {
  const { model, confirmedBy, result, case: kept } = content;
  const computed = 'computedAt' in result ? words.say('report.made', { at: utcMinute(result.computedAt) }) : '';
  return [
    ...(model
      ? [
          `${words.say('report.model')}: ${model.id} ${model.version} · ${words.say(`models.status.${model.status}`)} · SHA-256 ${model.sha256.slice(0, 16)}… · haicast ${model.appVersion} · ${model.provider}`,
        ]
      : []),
    [
      computed,
      words.say('report.asKept', { at: utcMinute(kept.savedAt), revision: kept.revision }),
      confirmedBy.length === 0 ? '' : words.say('report.confirmed', { name: listed(words, confirmedBy) }),
    ]
      .filter(Boolean)
      .join(' '),
    ...(result.state === 'shown' ? [words.say('result.map.text')] : []),
  ];
};

/** In the place of rows that are in the appendix. */
export const movedRow =
  (words: Words) =>
  (count: number): Row =>
    muted(words.say('report.moved', { n: count }));

export const makeSheet = (content: ReportContent, words: Words): Sheet => ({
  language: content.language,
  title: words.say('report.heading'),
  banner: bannerOf(content, words),
  identity: identityOf(content, words),
  pictures: content.images.map(({ role, sliceIndex, plain, mapped }) => ({
    caption: words.say('report.picture', { role: words.say(`images.roles.${role}`), slice: sliceIndex + 1 }),
    plain: plain?.id ?? null,
    mapped: mapped?.id ?? null,
  })),
  pictureRows: {
    plain: words.say('report.plainRow'),
    mapped: words.say('report.mappedRow'),
    none: words.say('report.noImages'),
  },
  blocks: [
    ...warningBlocks(content, words).filter(({ id }) => id === 'serious'),
    resultBlock(content, words),
    ...warningBlocks(content, words).filter(({ id }) => id === 'moves'),
    ...block({
      id: 'base-rate',
      title: words.say('result.baseRate.title'),
      widths: [1],
      rows: baseRateRows(content, words),
      column: 'left',
      yields: 2,
    }),
    ...whyBlocks(content, words),
    ...comparedBlocks(content, words),
    ...factorBlock(content, words),
    ...lesionBlock(content, words),
    ...scoreBlocks(content, words),
    ...flagBlock(content, words),
    ...decisionBlocks(content, words),
    ...courseBlock(content, words),
    ...noteBlock(content, words),
  ],
  appendix: [...deliberationOf(content, words), ...explanations(content, words)],
  footer: footerOf(content, words),
  words: { appendix: words.say('report.appendix') },
});
