import { z } from 'zod';
import { type KeptDecision, keptDecisionSchema } from '#shared/board/decision.ts';
import { type Listing, listingSchema, type Meeting, meetingSchema } from '#shared/board/meeting.ts';
import { type KeyImage, keyImageSchema } from '#shared/cases/key-image.ts';
import { type FactorEntry, factorEntrySchema } from '#shared/clinical/factor-values.ts';
import { type CourseKind, type CourseParts, coursePartSchemas } from '#shared/course/course.ts';
import type { AppError } from '#shared/errors.ts';
import {
  type Prediction,
  type PredictionFacts,
  predictionFactsSchema,
  predictionSchema,
} from '#shared/model/prediction.ts';
import {
  type ReaderStudy,
  type Reading,
  readerStudySchema,
  readingSchema,
  type SecondReading,
  secondReadingSchema,
} from '#shared/readers/reader-study.ts';
import { type Lesion, lesionSchema } from '#shared/study/lesion.ts';
import { type Mark, markSchema } from '#shared/study/mark.ts';
import { type RoleAssignment, roleAssignmentSchema } from '#shared/study/roles.ts';
import { type SeriesShift, seriesShiftSchema } from '#shared/study/series-shift.ts';
import { type ScannedStudy, scannedStudySchema } from '#shared/study/study.ts';
import { caseUnreadable } from '../sql/record-errors.ts';
import { packValues, unpackValues } from './map-values.ts';

/** A body as its row holds it. */
export interface StoredBody {
  body: string;
  body_version: number;
}

type CourseBodies = { [K in CourseKind as `course ${K}`]: CourseParts[K] };

/** That the model was shown to a board: before or after it had voted. */
const boardShownSchema = z.object({ when: z.enum(['before', 'after']), predictionId: z.string().nullable() });
export type BoardShown = z.infer<typeof boardShownSchema>;
/** Whether what a decision asks for is done. */
const boardDoneSchema = z.object({ done: z.boolean() });
export type BoardDone = z.infer<typeof boardDoneSchema>;

export interface Bodies extends CourseBodies {
  study: ScannedStudy;
  role: RoleAssignment;
  /** What is marked on the images, lesion or not: both are kept in the order of one list. */
  lesion: Lesion | Mark;
  factor: FactorEntry;
  shift: SeriesShift;
  prediction: Prediction;
  keyImage: KeyImage;
  meeting: Meeting;
  'board listing': Listing;
  'board shown': BoardShown;
  'board decision': KeptDecision;
  'board done': BoardDone;
  readerStudy: ReaderStudy;
  'reading first': Reading;
  'reading second': SecondReading;
}
export type BodyKind = keyof Bodies;

const schemas: { [K in BodyKind]: z.ZodType<Bodies[K]> } = {
  study: scannedStudySchema,
  role: roleAssignmentSchema,
  lesion: z.union([lesionSchema, markSchema]),
  factor: factorEntrySchema,
  shift: seriesShiftSchema,
  prediction: predictionSchema,
  'course plan': coursePartSchemas.plan,
  'course lesion': coursePartSchemas.lesion,
  'course time-point': coursePartSchemas['time-point'],
  'course cycle': coursePartSchemas.cycle,
  'course co-therapy': coursePartSchemas['co-therapy'],
  'course end': coursePartSchemas.end,
  'course assessment': coursePartSchemas.assessment,
  'course outcome': coursePartSchemas.outcome,
  'course images': coursePartSchemas.images,
  keyImage: keyImageSchema,
  meeting: meetingSchema,
  'board listing': listingSchema,
  'board shown': boardShownSchema,
  'board decision': keptDecisionSchema,
  'board done': boardDoneSchema,
  readerStudy: readerStudySchema,
  'reading first': readingSchema,
  'reading second': secondReadingSchema,
};

/** Brings a parsed body from one version to the next; pure. */
type Upgrader = (before: unknown) => unknown;

/**
 * What a kept body became, version by version: the first brings version 1 to 2. Rows are never rewritten, so their seals
 * stay good; a change of a schema that an old body does not fit is a new upgrader here and a fixture that needs it.
 */
const upgraders: Record<BodyKind, readonly Upgrader[]> = {
  study: [],
  role: [],
  // Version 2 may be a mark that is no lesion, which a reader of version 1 does not know; a lesion is what it was.
  lesion: [(before) => before],
  factor: [],
  shift: [],
  // Version 2 keeps the values of the map beside the body; as a value it is what it was.
  prediction: [(before) => before],
  'course plan': [],
  'course lesion': [],
  'course time-point': [],
  'course cycle': [],
  'course co-therapy': [],
  'course end': [],
  'course assessment': [],
  'course outcome': [],
  'course images': [],
  keyImage: [],
  meeting: [],
  'board listing': [],
  'board shown': [],
  'board decision': [],
  'board done': [],
  readerStudy: [],
  'reading first': [],
  'reading second': [],
};

/** The version in which a body is written today. */
export const bodyVersion = (kind: BodyKind): number => upgraders[kind].length + 1;

const unreadable = (kind: BodyKind, detail: string): AppError => caseUnreadable({ part: kind }, detail);

const parsed = (kind: BodyKind, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(kind, 'not JSON');
  }
};

const readBy = <T>(schema: z.ZodType<T>, kind: BodyKind, version: number, value: unknown): T => {
  if (version < 1 || version > bodyVersion(kind)) throw unreadable(kind, `version ${version} of the body is not known`);
  const upgraded = upgraders[kind].slice(version - 1).reduce((before, upgrade) => upgrade(before), value);
  const result = schema.safeParse(upgraded);
  if (result.success) return result.data;
  // Paths and codes only: a refused value may hold an identifier.
  throw unreadable(kind, result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join('; '));
};

const readAs = <K extends BodyKind>(kind: K, version: number, value: unknown): Bodies[K] =>
  readBy<Bodies[K]>(schemas[kind], kind, version, value);

/** Throws `case-unreadable` for a body that is damaged, or of a version that no upgrader knows. */
export const readBody = <K extends Exclude<BodyKind, 'prediction'>>(kind: K, stored: StoredBody): Bodies[K] =>
  readAs(kind, stored.body_version, parsed(kind, stored.body));

export interface StoredPrediction extends StoredBody {
  map_values: Uint8Array | null;
}

const withValues = (value: unknown, values: Uint8Array | null): unknown => {
  const shape = z.looseObject({ map: z.looseObject({}).nullish() }).safeParse(value);
  if (!shape.success) throw unreadable('prediction', 'no object');
  if (!shape.data.map || !values) return shape.data;
  try {
    return { ...shape.data, map: { ...shape.data.map, values: unpackValues(values) } };
  } catch (error) {
    throw unreadable('prediction', String(error));
  }
};

/** As `readBody`, with the values of the map from beside it. */
export const readPrediction = (stored: StoredPrediction): Prediction => {
  const value = parsed('prediction', stored.body);
  return readAs(
    'prediction',
    stored.body_version,
    stored.body_version >= 2 ? withValues(value, stored.map_values) : value,
  );
};

/** As `readPrediction`, of what needs neither the map nor the sample: ten thousand of them are read at once. */
export const readPredictionFacts = (stored: StoredBody): PredictionFacts =>
  readBy(predictionFactsSchema, 'prediction', stored.body_version, parsed('prediction', stored.body));

export const storePrediction = (prediction: Prediction): StoredPrediction => {
  const { values, ...map } = prediction.map;
  return {
    body: JSON.stringify({ ...prediction, map }),
    body_version: bodyVersion('prediction'),
    map_values: packValues(values),
  };
};
