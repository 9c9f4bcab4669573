/** A closed course as a row of the evidence, from what the records hold of it. Pure. */
import { canonicalNumber } from '../clinical/canonical.ts';
import type { FactorValues } from '../clinical/factor-values.ts';
import { resolveModelInput } from '../clinical/model-inputs.ts';
import { criteria, criterionNamed } from '../clinical/response/timeline.ts';
import { bclc, bclcStages } from '../clinical/scores/bclc.ts';
import { cnlc, cnlcStages } from '../clinical/scores/cnlc.ts';
import { crafity } from '../clinical/scores/crafity.ts';
import { sixAndTwelve } from '../clinical/scores/tumour-burden.ts';
import { type Endpoint, type EndpointName, endpointNames, type Outcome } from '../course/outcome.ts';
import type { TimePoint } from '../course/time-point.ts';
import type { PredictionFacts } from '../model/prediction.ts';
import { factorComparators } from './comparator.ts';
import { type EvidenceRow, keyOfModel, type RowPrediction } from './evidence-row.ts';
import { splitOf } from './split-of.ts';

export interface ClosedCase {
  /** Day of the baseline, ISO 8601. */
  readonly date: string;
  readonly manufacturer: string | undefined;
  readonly fieldStrengthT: number | undefined;
  readonly factors: FactorValues;
  /** Where the case itself has no diameter, what was measured at the baseline of the course. */
  readonly baseline: Pick<TimePoint, 'measures'> | undefined;
  /** In force. */
  readonly prediction: PredictionFacts | undefined;
  readonly comparison: PredictionFacts | undefined;
  readonly outcome: Outcome;
  /** When an outcome was first entered: what was amended later was known before. ISO 8601 moment. */
  readonly outcomeEntered: string;
  /** Readers' own probabilities before the model was shown, by name. */
  readonly readings?: Readonly<Record<string, number>>;
}

/** From the visit of the best response on, or from the entry of an outcome, whichever came first. */
const isAfterOutcome = ({ createdAt, model }: PredictionFacts, { outcome, outcomeEntered }: ClosedCase): boolean => {
  const criterion = criterionNamed(model.criterion);
  const visit = criterion && outcome.best[criterion]?.date;
  const entered = outcomeEntered < outcome.confirmedAt ? outcomeEntered : outcome.confirmedAt;
  return createdAt > entered || (visit !== undefined && createdAt.slice(0, visit.length) > visit);
};

const predictionOf = (made: PredictionFacts, one: ClosedCase): RowPrediction => ({
  modelId: made.model.id,
  modelVersion: made.model.version,
  modelStatus: made.model.status,
  criterion: made.model.criterion,
  probability: made.decision === 'withheld' ? null : made.probability,
  threshold: made.threshold,
  withheldBecause: made.withheldBecause.map(({ code }) => code),
  afterOutcome: isAfterOutcome(made, one),
});

const largestMeasured = (baseline: ClosedCase['baseline']): number | undefined => {
  const measured = Object.values(baseline?.measures ?? {}).flatMap((measure) =>
    measure.state === 'measured' && measure.mm !== undefined ? [measure.mm] : [],
  );
  return measured.length === 0 ? undefined : Math.max(...measured);
};

/** Where a stage is certain, its place in the order of stages. */
const placeOf = (grade: string | undefined, stages: readonly string[]): number | undefined => {
  const place = stages.indexOf(grade ?? '');
  return place < 0 ? undefined : place;
};

const valuesOf = ({ factors, baseline }: ClosedCase): Record<string, number> => {
  const input = (id: string) => {
    const resolved = resolveModelInput(factors, id);
    return resolved.ok ? resolved.quantity.value : undefined;
  };
  const pairs: [string, number | undefined][] = [
    ...factorComparators.map((id) => [id, canonicalNumber(factors, id)] as [string, number | undefined]),
    ...(['albi', 'childPughPoints', 'nlr', 'plr'] as const).map(
      (id) => [id, input(id)] as [string, number | undefined],
    ),
    ['crafity', crafity(factors).value ?? undefined],
    ['sixAndTwelve', sixAndTwelve(factors).value ?? undefined],
    ['bclc', placeOf(bclc(factors).grade, bclcStages)],
    ['cnlc', placeOf(cnlc(factors).grade, cnlcStages)],
  ];
  const known = pairs.filter((pair): pair is [string, number] => pair[1] !== undefined && Number.isFinite(pair[1]));
  const measured = largestMeasured(baseline);
  return { ...(measured === undefined ? {} : { largestDiameter: measured }), ...Object.fromEntries(known) };
};

const timesOf = (endpoints: Partial<Record<EndpointName, Endpoint>>): EvidenceRow['endpoints'] =>
  Object.fromEntries(
    endpointNames.flatMap((name) => {
      const endpoint = endpoints[name];
      return endpoint ? [[name, { days: endpoint.days, event: endpoint.event }]] : [];
    }),
  );

const othersOf = ({ prediction, comparison }: ClosedCase): Record<string, number> => {
  if (!comparison || comparison.decision === 'withheld') return {};
  const key = keyOfModel(comparison.model);
  // A model is not another one than itself, and one by another criterion answers another question.
  if (!prediction || prediction.model.criterion !== comparison.model.criterion) return {};
  return { [key]: comparison.probability };
};

export const rowOfCase = (one: ClosedCase): Omit<EvidenceRow, 'patient'> => ({
  date: one.date,
  prediction: one.prediction ? predictionOf(one.prediction, one) : null,
  others: othersOf(one),
  readers: one.readings ?? {},
  responses: Object.fromEntries(
    criteria.flatMap((criterion) => {
      const best = one.outcome.best[criterion];
      return best ? [[criterion, best.response]] : [];
    }),
  ),
  endpoints: timesOf(one.outcome.endpoints),
  values: valuesOf(one),
  scanner: [one.manufacturer, one.fieldStrengthT === undefined ? undefined : `${one.fieldStrengthT} T`]
    .filter((part) => part !== undefined && part !== '')
    .join(' '),
  split: splitOf(one.outcome.split),
});
