/** What the export of the page says, in the words of the page, without a place on paper yet. Pure. */

import { criterionNames } from '#shared/clinical/response/timeline.ts';
import type { ComparedWith } from '#shared/evidence/comparisons.ts';
import type { EvidenceFigures } from '#shared/evidence/figures.ts';
import type { Precision } from '#shared/evidence/precision.ts';
import type { Selection } from '#shared/evidence/selection.ts';
import { decimals, percent, today } from '#shared/format.ts';
import type { ModelStatus } from '#shared/model/manifest.ts';
import type { Proportion } from '#shared/statistics/proportion.ts';
import { atRiskAt, riskTimes } from '#shared/statistics/survival/kaplan-meier.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { problemSentence } from '../../charts/problem-sentence.ts';
import { comparedName } from './compared-name.ts';
import { aucText, figureGroups } from './figure-rows.ts';
import { filterNames } from './filter-names.ts';
import { scoreName } from './score-name.ts';

export interface DocumentTable {
  readonly title: string;
  readonly header?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface EvidenceDocument {
  readonly title: string;
  /** Said before any number. */
  readonly warnings: readonly string[];
  readonly lines: readonly string[];
  readonly flow: DocumentTable;
  readonly tables: readonly DocumentTable[];
}

export interface Shown {
  readonly figures: EvidenceFigures;
  readonly comparisons: readonly ComparedWith[];
  readonly selection: Selection;
  readonly threshold: number;
  readonly simulated: boolean;
  /** Undefined where nobody has a prediction. */
  readonly modelStatus: ModelStatus | undefined;
  readonly unreadable: number;
  readonly say: (key: string, params?: Record<string, unknown>) => string;
}

const share = ({ count, of, value, exact }: Proportion): string =>
  `${count}/${of} = ${percent(value)} (${percent(exact.low)}–${percent(exact.high)})`;

/** How well the AUC is known, where that is less than a judgement asks for. */
export const precisionText = ({ events, halfWidth, moreToHalve }: Precision, say: Shown['say']): string =>
  halfWidth === undefined
    ? say('evidence.noPrecision', { events })
    : say('evidence.precision', { events, width: halfWidth.toFixed(2), more: moreToHalve });

/** From every closed course to those evaluated, who was left out at which step. */
const flowOf = ({ figures: { cohort }, selection, unreadable, say }: Shown): DocumentTable => ({
  title: say('evidence.flow'),
  rows: [
    ...(unreadable > 0 ? [[say('evidence.unreadable'), String(unreadable)]] : []),
    [say('evidence.closedCourses'), String(cohort.closed)],
    ...cohort.excluded.map(({ reason, count }) => [say(`evidence.exclusions.${reason}`), `−${count}`]),
    [say('evidence.evaluated', { criterion: criterionNames[selection.criterion] }), String(cohort.evaluated)],
    [say('evidence.responders'), String(cohort.events)],
    ...cohort.responses.map(({ code, count }) => [code, String(count)]),
    ...(isProblem(cohort.rates)
      ? []
      : [
          ['ORR', share(cohort.rates.objectiveResponse.ofEvaluable)],
          [say('evidence.ofAllNamed', { rate: 'ORR' }), share(cohort.rates.objectiveResponse.ofAll)],
          ['DCR', share(cohort.rates.diseaseControl.ofEvaluable)],
          [say('evidence.ofAllNamed', { rate: 'DCR' }), share(cohort.rates.diseaseControl.ofAll)],
        ]),
  ],
});

/** What a reader has to know of those who are evaluated, as the page says it beside them. */
const notesOf = ({ figures: { cohort }, selection: { endpoint }, say }: Shown): string[] => [
  ...(cohort.afterOutcome > 0 ? [say('evidence.afterOutcome', { n: cohort.afterOutcome })] : []),
  ...(cohort.withoutEndpoint > 0
    ? [say('evidence.withoutEndpoint', { n: cohort.withoutEndpoint, endpoint: say(`course.endpoints.${endpoint}`) })]
    : []),
  ...(cohort.missing.length > 0
    ? [
        `${say('evidence.missingValues')}: ${cohort.missing.map(({ id, count }) => `${scoreName(id)} ${count}`).join(' · ')}`,
      ]
    : []),
];

const comparisonTable = ({ comparisons, say }: Shown): DocumentTable => ({
  title: say('evidence.compareWith'),
  header: [say('evidence.scoreColumn'), 'n', 'AUC', say('evidence.modelAuc'), 'P (DeLong)', 'P (Holm)'],
  rows: comparisons.map((one) => {
    const area = (auc: ComparedWith['auc']) => (isProblem(auc) ? problemSentence(auc) : aucText(auc, say));
    const p = isProblem(one.test)
      ? [problemSentence(one.test), '']
      : [one.test.p.toPrecision(2), one.test.pHolm.toPrecision(2)];
    const direction = one.kind === 'factor' ? (one.direction === 1 ? ' ↑' : ' ↓') : '';
    return [`${comparedName(one)}${direction}`, String(one.patients), area(one.auc), area(one.modelAuc), ...p];
  }),
});

/** Who is still followed at the quarters of the survival plot, on either side of the threshold: without it a tail says nothing. */
const riskTables = ({ figures: { validation }, say }: Shown): DocumentTable[] => {
  const { survival } = validation;
  if (!survival || isProblem(survival) || isProblem(survival.byThreshold)) return [];
  const { above, below } = survival.byThreshold;
  const times = riskTimes([above, below]);
  return [
    {
      title: say('evidence.atRisk'),
      header: [say('evidence.days'), ...times.map((time) => decimals(time, 0))],
      rows: [
        [say('evidence.above'), ...times.map((time) => String(atRiskAt(above, time)))],
        [say('evidence.below'), ...times.map((time) => String(atRiskAt(below, time)))],
      ],
    },
  ];
};

export const evidenceDocument = (shown: Shown): EvidenceDocument => {
  const { figures, selection, threshold, simulated, modelStatus, say } = shown;
  const { precision } = figures;
  const filters = filterNames(selection, say).map(({ name }) => name);
  return {
    title: say('evidence.documentTitle'),
    warnings: [
      say('evidence.researchOnly'),
      ...(modelStatus === 'simulated' ? [say('common.banner.simulated')] : []),
      ...(simulated ? [say('evidence.simulatedCohort')] : []),
      ...(isProblem(precision) || precision.isEnough ? [] : [precisionText(precision, say)]),
    ],
    lines: [
      `${say('evidence.model')}: ${selection.model}`,
      `${say('evidence.waterfall.criterion')}: ${criterionNames[selection.criterion]}`,
      `${say('evidence.endpoint')}: ${say(`evidence.endpointNames.${selection.endpoint}`)}`,
      `${say('evidence.threshold')}: ${decimals(threshold, 3)}`,
      `${say('evidence.only')}: ${filters.length === 0 ? say('evidence.filters.any') : filters.join(' · ')}`,
      ...notesOf(shown),
      say('evidence.madeOn', { day: today() }),
    ],
    flow: flowOf(shown),
    tables: [
      ...riskTables(shown),
      ...figureGroups(figures.validation, say).map(({ title, rows }) => ({
        title: title ?? say('evidence.atThreshold', { threshold: decimals(threshold, 3) }),
        rows: rows.map(({ name, value }) => [name, value]),
      })),
      ...(shown.comparisons.length > 0 ? [comparisonTable(shown)] : []),
      { title: say('evidence.methods'), rows: [[say('evidence.intervals')], [say('evidence.directions')]] },
    ],
  };
};
