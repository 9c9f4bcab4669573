/** Which closed courses a person asks about: one criterion, one endpoint, one model, and filters on what was known before. */
import { z } from 'zod';
import { criteria, criterionNamed } from '../clinical/response/timeline.ts';
import { bclcStages } from '../clinical/scores/bclc.ts';
import { cnlcStages } from '../clinical/scores/cnlc.ts';
import { endpointNames } from '../course/outcome.ts';
import { type EvidenceRow, modelKey } from './evidence-row.ts';

export const therapyLines = ['first', 'later'] as const;

export const selectionSchema = z.object({
  criterion: z.enum(criteria),
  endpoint: z.enum(endpointNames),
  /** `id version`; two models are never one curve. */
  model: z.string(),
  /** Baseline from this day to that, both included, ISO 8601. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  line: z.enum(therapyLines).optional(),
  /** Largest diameter, mm, both included. */
  leastMm: z.number().nonnegative().optional(),
  mostMm: z.number().nonnegative().optional(),
  /** Codes 0–4 of the portal vein tumour thrombus (Vp). */
  pvtt: z.array(z.int()).optional(),
  bclc: z.array(z.enum(bclcStages)).optional(),
  cnlc: z.array(z.enum(cnlcStages)).optional(),
  scanners: z.array(z.string()).optional(),
});
export type Selection = z.infer<typeof selectionSchema>;

const within = (value: number | undefined, least: number | undefined, most: number | undefined): boolean => {
  if (least === undefined && most === undefined) return true;
  return (
    value !== undefined && value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY)
  );
};

const stageIn = (
  value: number | undefined,
  stages: readonly string[],
  wanted: readonly string[] | undefined,
): boolean => wanted === undefined || (value !== undefined && wanted.includes(stages[value] ?? ''));

const inLine = ({ values: { priorTreatment } }: EvidenceRow, line: Selection['line']): boolean =>
  line === undefined || (priorTreatment !== undefined && (priorTreatment === 0) === (line === 'first'));

/** A patient of whom a filter's value is not known is not among those it asks for. */
export const isSelected = (row: EvidenceRow, selection: Selection): boolean => {
  const { values, date, scanner } = row;
  return (
    (selection.from === undefined || date >= selection.from) &&
    (selection.to === undefined || (date !== '' && date <= selection.to)) &&
    inLine(row, selection.line) &&
    within(values.largestDiameter, selection.leastMm, selection.mostMm) &&
    (selection.pvtt === undefined || (values.pvtt !== undefined && selection.pvtt.includes(values.pvtt))) &&
    stageIn(values.bclc, bclcStages, selection.bclc) &&
    stageIn(values.cnlc, cnlcStages, selection.cnlc) &&
    (selection.scanners === undefined || selection.scanners.includes(scanner))
  );
};

const mostCommon = (values: readonly string[]): string | undefined =>
  [...Map.groupBy(values, (value) => value)].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];

/** What is shown first: the model that predicted most of them, by the criterion that it was made for. */
export const firstSelection = (rows: readonly EvidenceRow[]): Selection => {
  const predicted = rows.flatMap(({ prediction }) => prediction ?? []);
  const model = mostCommon(predicted.map(modelKey)) ?? '';
  const made = predicted.find((one) => modelKey(one) === model)?.criterion;
  const criterion = criterionNamed(made) ?? 'mrecist';
  return { criterion, endpoint: 'pfs', model };
};
