/** What a tumour board decided, in words: in short on the page, in full in the appendix. Pure. */
import { utcMinute } from '../format.ts';
import type { Words } from '../words/words.ts';
import type { ReportContent, ReportDecision } from './report-content.ts';
import type { Block, Row } from './sheet.ts';

const named = (name: string, text: string): Row[] => (text === '' ? [] : [{ cells: [name, text] }]);
const widths = [0.24, 0.76];

const treatment = (words: Words, one: string, detail: string): string =>
  [words.say(`board.treatments.${one}`), detail].filter(Boolean).join(', ');

const shortBlock = (decision: ReportDecision, words: Words): Block => {
  const { options, recommendation, priority, agreement, agreementReason, seen, owner, due, by, at, amendment } =
    decision;
  const detail = options.find((option) => option.treatment === recommendation)?.detail ?? '';
  const model = [words.say(`board.agreements.${agreement}`), words.say(`report.seen.${seen}`), agreementReason].filter(
    Boolean,
  );
  return {
    id: 'decision',
    title: words.say('report.decision', { date: decision.date }),
    widths,
    rows: [
      ...named(words.say('report.question'), decision.question),
      {
        cells: [
          words.say('report.recommendation'),
          `${treatment(words, recommendation, detail)} (${words.say(`board.priorities.${priority}`)})`,
        ],
        tone: 'strong',
      },
      ...named(words.say('report.agreement'), model.join(' · ')),
      ...named(words.say('report.owner'), words.say('report.ownerDue', { owner, due })),
      ...named(words.say('report.locked'), words.say('report.lockedBy', { name: by, at: utcMinute(at) })),
      ...named(words.say('report.amendment'), amendment ?? ''),
    ],
    yields: 1,
  };
};

/** The newest one; the others are earlier, and stand in the appendix. */
export const decisionBlocks = ({ decisions: [newest] }: ReportContent, words: Words): Block[] =>
  newest ? [shortBlock(newest, words)] : [];

const fullBlock = (decision: ReportDecision, words: Words): Block[] => {
  const { options, participants, dissent, wish, date } = decision;
  const rows = [
    ...options.flatMap((option) =>
      named(
        words.say('report.options'),
        [
          treatment(words, option.treatment, option.detail),
          option.for && words.say('report.forWord', { text: option.for }),
          option.against && words.say('report.againstWord', { text: option.against }),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
    ...named(
      words.say('report.participants'),
      participants
        .map(({ role, name }) => [words.say(`board.roles.${role}`), name].filter(Boolean).join(' '))
        .join(' · '),
    ),
    ...dissent.flatMap(({ role, text }) =>
      named(words.say('report.dissent'), `${words.say(`board.roles.${role}`)}: ${text}`),
    ),
    ...named(words.say('report.wish'), wish),
  ];
  return rows.length === 0
    ? []
    : [{ id: 'deliberation', title: words.say('report.deliberation', { date }), widths, rows, yields: 0 }];
};

export const deliberationOf = ({ decisions }: ReportContent, words: Words): Block[] =>
  decisions.flatMap((decision, i) => [
    ...(i === 0 ? [] : [{ ...shortBlock(decision, words), yields: 0 }]),
    ...fullBlock(decision, words),
  ]);
