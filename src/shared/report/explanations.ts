/** Sources and explanations, for who asks for them: they stand in the appendix. Pure. */
import { percent } from '../format.ts';
import { warningSentenceIn, warningSourceIn } from '../words/prediction-sentences.ts';
import type { Words } from '../words/words.ts';
import type { ReportContent } from './report-content.ts';
import { block, row } from './rows.ts';
import type { Block } from './sheet.ts';

export const explanations = (content: ReportContent, words: Words): Block[] => {
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
