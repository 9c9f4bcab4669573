/**
 * The closed cases of this hospital that are most like one, and what came of them. It is no prediction, and no evidence of what
 * a treatment does: they were chosen for being alike in what the model saw, by nothing else. Pure.
 */
import { z } from 'zod';
import { type Criterion, criterionNamed, type ResponseCode, responseCodes } from '../../clinical/response/timeline.ts';
import type { ModelManifest } from '../../model/manifest.ts';
import type { ClinicalContribution, PredictionFacts } from '../../model/prediction.ts';
import { type Proportion, proportion } from '../../statistics/proportion.ts';
import { responders } from '../../statistics/response-rates.ts';
import type { Split } from '../evidence-row.ts';
import { type Distance, distanceBetween, type Seen, standardised } from './distance.ts';

/** Shown at most. */
export const NEAREST = 10;
/** Of fewer the nearest ten would be most of them, alike or not: this program's own choice. */
export const LEAST_COMPARABLE = 30;

/** Who somebody is, for leaving out the same patient; never leaves the application. */
export interface Person {
  readonly caseId: string | undefined;
  readonly studyInstanceUID: string;
  readonly patientId: string;
  readonly issuer: string;
}

/** What is compared: kept with the prediction when it was made, and never computed again. */
export type SeenByModel = Pick<PredictionFacts, 'model' | 'decision' | 'features' | 'clinicalContributions'>;

/** A closed case as a neighbour of another. */
export interface Candidate {
  readonly person: Person;
  readonly caseId: string;
  /** Day of the baseline, ISO 8601. */
  readonly date: string;
  readonly simulated: boolean;
  readonly split: Split;
  /** In force. */
  readonly prediction: SeenByModel | undefined;
  /** A tumour board keeps it covered. */
  readonly covered: boolean;
  readonly responses: Partial<Record<Criterion, ResponseCode>>;
}

/** Why a closed case is not compared, in the order in which it is asked; the first that holds is the reason. */
export const notCompared = [
  'other-kind',
  'same-patient',
  'training',
  'split-unknown',
  'no-prediction',
  'other-model',
  'no-features',
  'covered',
  'withheld',
  'no-outcome',
  'other-criterion',
  'not-evaluable',
  'few-factors',
  'patient-nearer',
] as const;
export type NotCompared = (typeof notCompared)[number];

export const neighbourSchema = z.object({
  caseId: z.string(),
  date: z.string(),
  response: z.enum(responseCodes),
  /** 1: as far apart as two training patients taken at random. */
  distance: z.number().nonnegative(),
  imageDistance: z.number().nonnegative(),
  factorDistance: z.number().nonnegative().nullable(),
  /** Factors known of both, of so many that the model has. */
  factorsCompared: z.int().nonnegative(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

const interval = z.object({ low: z.number(), high: z.number() });
const proportionSchema = z.object({
  count: z.int(),
  of: z.int(),
  value: z.number(),
  wilson: interval,
  exact: interval,
}) satisfies z.ZodType<Proportion>;

const leftOutSchema = z.array(z.object({ reason: z.enum(notCompared), count: z.int().positive() }));

/** Why there is nothing to compare with, or what there is. */
export const neighbourhoodSchema = z.discriminatedUnion('state', [
  /** The number of the case is withheld or covered, so that nothing is built on what the model saw of it. */
  z.object({ state: z.literal('withheld') }),
  z.object({ state: z.literal('covered') }),
  /** Made before features were kept, or by a package that has none. */
  z.object({ state: z.literal('no-features') }),
  /** The model is no longer installed, and with it the scale of its features. */
  z.object({ state: z.literal('model-gone') }),
  z.object({
    state: z.literal('too-few'),
    comparable: z.int().nonnegative(),
    needed: z.int().positive(),
    leftOut: leftOutSchema,
    simulated: z.boolean(),
  }),
  z.object({
    state: z.literal('found'),
    comparable: z.int().positive(),
    nearest: z.array(neighbourSchema).min(1),
    /** Of the nearest, those with CR or PR. */
    responded: proportionSchema,
    leftOut: leftOutSchema,
    /** Factors that the model has. */
    factors: z.int().nonnegative(),
    simulated: z.boolean(),
  }),
]);
export type Neighbourhood = z.infer<typeof neighbourhoodSchema>;

/** The case that is asked about. */
export interface Asked {
  readonly person: Person;
  readonly simulated: boolean;
  readonly covered: boolean;
  readonly prediction: SeenByModel;
}

const isSame = (one: string, other: string): boolean =>
  one.trim() !== '' && one.trim().toLowerCase() === other.trim().toLowerCase();

/** By number, whoever issued it, by study or by case: rather one too many left out than the patient beside themselves. */
const isSamePerson = (one: Person, other: Person): boolean =>
  (one.caseId !== undefined && one.caseId === other.caseId) ||
  isSame(one.studyInstanceUID, other.studyInstanceUID) ||
  isSame(one.patientId, other.patientId);

const isSameModel = (one: PredictionFacts['model'], other: PredictionFacts['model']): boolean =>
  one.id === other.id && one.version === other.version && one.sha256 === other.sha256;

const seenBy = (
  { factors }: ModelManifest,
  features: readonly number[],
  contributions: readonly Pick<ClinicalContribution, 'factor' | 'value' | 'countedAs'>[],
): Seen => ({ features, factors: standardised(factors, contributions) });

interface Compared {
  readonly candidate: Candidate;
  readonly response: ResponseCode;
  readonly apart: Distance;
}

interface Question extends Asked {
  readonly seen: Seen;
  readonly manifest: ModelManifest;
  readonly novelty: NonNullable<ModelManifest['novelty']>;
  readonly criterion: Criterion;
}

const compare = (candidate: Candidate, asked: Question): Compared | NotCompared => {
  const { prediction, responses } = candidate;
  if (candidate.simulated !== asked.simulated) return 'other-kind';
  if (isSamePerson(candidate.person, asked.person)) return 'same-patient';
  if (candidate.split === 'training') return 'training';
  if (candidate.split === 'unknown') return 'split-unknown';
  if (!prediction) return 'no-prediction';
  if (!isSameModel(prediction.model, asked.prediction.model)) return 'other-model';
  if (!prediction.features) return 'no-features';
  if (candidate.covered) return 'covered';
  if (prediction.decision === 'withheld') return 'withheld';
  const response = responses[asked.criterion];
  if (response === undefined) return Object.keys(responses).length === 0 ? 'no-outcome' : 'other-criterion';
  if (response === 'NE') return 'not-evaluable';
  const seen = seenBy(asked.manifest, prediction.features, prediction.clinicalContributions);
  const apart = distanceBetween(asked.seen, seen, { factors: asked.manifest.factors, novelty: asked.novelty });
  return apart ? { candidate, response, apart } : 'few-factors';
};

/** Whose study has no patient number is nobody else that is known of. */
export const personKey = ({ issuer, patientId, caseId }: Person): string =>
  patientId.trim() === '' ? `case\u0000${caseId}` : `${issuer}\u0000${patientId.trim().toLowerCase()}`;

/** Of a patient's courses the nearest stands for the patient; equal ones in the order of their dates. */
const oncePerPatient = (compared: readonly Compared[]): Compared[] => {
  const ordered = compared.toSorted(
    (a, b) => a.apart.total - b.apart.total || a.candidate.date.localeCompare(b.candidate.date),
  );
  const known = new Set<string>();
  return ordered.filter(({ candidate }) => {
    const key = personKey(candidate.person);
    const isFirst = !known.has(key);
    known.add(key);
    return isFirst;
  });
};

const neighbourOf = ({ candidate, response, apart }: Compared): Neighbour => ({
  caseId: candidate.caseId,
  date: candidate.date,
  response,
  distance: apart.total,
  imageDistance: apart.images,
  factorDistance: apart.factors,
  factorsCompared: apart.compared,
});

/** @param manifest of the very model that predicted; undefined where it is no longer installed */
export const neighboursOf = (
  asked: Asked,
  candidates: readonly Candidate[],
  manifest: ModelManifest | undefined,
): Neighbourhood => {
  const { prediction, simulated } = asked;
  if (prediction.decision === 'withheld') return { state: 'withheld' };
  if (asked.covered) return { state: 'covered' };
  if (!manifest) return { state: 'model-gone' };
  const { novelty } = manifest;
  const criterion = criterionNamed(prediction.model.criterion);
  if (!novelty || !criterion || !prediction.features) return { state: 'no-features' };
  const seen = seenBy(manifest, prediction.features, prediction.clinicalContributions);
  const judged = candidates.map((one) => compare(one, { ...asked, seen, manifest, novelty, criterion }));
  const compared = judged.filter((one) => typeof one !== 'string');
  const patients = oncePerPatient(compared);
  const counts = new Map<NotCompared, number>([['patient-nearer', compared.length - patients.length]]);
  for (const one of judged) if (typeof one === 'string') counts.set(one, (counts.get(one) ?? 0) + 1);
  const leftOut = notCompared
    .map((reason) => ({ reason, count: counts.get(reason) ?? 0 }))
    .filter(({ count }) => count > 0);
  const comparable = patients.length;
  if (comparable < LEAST_COMPARABLE) {
    return { state: 'too-few', comparable, needed: LEAST_COMPARABLE, leftOut, simulated };
  }
  const nearest = patients.slice(0, NEAREST).map(neighbourOf);
  const responded = proportion(nearest.filter(({ response }) => responders.includes(response)).length, nearest.length);
  return { state: 'found', comparable, nearest, responded, leftOut, factors: manifest.factors.length, simulated };
};
