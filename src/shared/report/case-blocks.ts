/** What is known of the case whatever the model says: factors, lesions, scores, flags, course, note. Pure. */
import { plainNumber } from '../clinical/check-range.ts';
import { scoreParts } from '../clinical/factor-messages.ts';
import { entryText, ruleLabel, unitLabel } from '../clinical/labels.ts';
import { isoDate } from '../format.ts';
import { listed, type Words } from '../words/words.ts';
import type { ReportContent, ReportFactor, ReportScore } from './report-content.ts';
import { block, row, strong } from './rows.ts';
import type { Block, Row } from './sheet.ts';

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

export const factorBlock = ({ factors, refusedFactors }: ReportContent, words: Words): Block[] => {
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

export const lesionBlock = ({ lesions }: ReportContent, words: Words): Block[] =>
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

export const scoreBlocks = ({ scores }: ReportContent, words: Words): Block[] => {
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

export const flagBlock = ({ flags }: ReportContent, words: Words): Block[] =>
  block({
    id: 'flags',
    title: words.say('factors.flags.title'),
    widths: [0.18, 0.82],
    rows: flags.map((flag) => row(words.say(`factors.flags.${flag.kind}`), flagText(flag, words))),
    yields: 5,
  });

export const courseBlock = ({ course }: ReportContent, words: Words): Block[] => {
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

export const noteBlock = ({ note }: ReportContent, words: Words): Block[] =>
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
