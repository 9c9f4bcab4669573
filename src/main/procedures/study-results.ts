/** What an ended reader study hands over: gathered here, computed in `src/shared/readers`. */
import {
  type Criterion,
  criterionNames,
  type ResponseCode,
  responseCodes,
} from '#shared/clinical/response/timeline.ts';
import { simulatedPrediction } from '#shared/course/simulated/simulated-prediction.ts';
import { AppError } from '#shared/errors.ts';
import { keyOfModel } from '#shared/evidence/evidence-row.ts';
import { splitOf } from '#shared/evidence/split-of.ts';
import type { PredictionFacts } from '#shared/model/prediction.ts';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import type { ReadCase, StudyResults } from '#shared/readers/study-results.ts';
import type { LockedReading } from '../cases/readers/reading-rows.ts';
import type { CaseOutcome } from '../cases/readers/study-cases.ts';
import type { RecordsStore } from '../cases/records-store.ts';

type Store = Pick<RecordsStore, 'progressOf' | 'readingsOfStudy' | 'caseOutcome' | 'madeUp'>;
type StudyCase = ReaderStudy['cases'][number];

interface Known {
  readonly one: StudyCase;
  /** Undefined where it is not there, or cannot be read. */
  readonly found: CaseOutcome | undefined;
  readonly prediction: PredictionFacts | undefined;
}

const outcomeIfThere = (store: Store, one: StudyCase): CaseOutcome | undefined => {
  try {
    return store.caseOutcome(one);
  } catch (error) {
    if (error instanceof AppError && error.code === 'case-unreadable') return undefined;
    throw error;
  }
};

/** A criterion's own response; another criterion's is another question. */
const judge = (
  found: CaseOutcome | undefined,
  criterion: Criterion,
): ResponseCode | NonNullable<ReadCase['excluded']> => {
  if (!found) return 'gone';
  const { outcome } = found;
  const split = splitOf(outcome?.split);
  // A model is not tested on who it was made of, nor is a reader beside it.
  if (split === 'training') return 'training';
  if (split === 'unknown') return 'split-unknown';
  const response = outcome?.best[criterion]?.response;
  if (response === undefined) return Object.keys(outcome?.best ?? {}).length === 0 ? 'no-outcome' : 'other-criterion';
  return response === 'NE' ? 'not-evaluable' : response;
};

const isResponse = (judged: ReturnType<typeof judge>): judged is ResponseCode =>
  responseCodes.some((code) => code === judged);

const modelExclusion = (prediction: PredictionFacts | undefined, criterion: Criterion): ReadCase['modelExcluded'] => {
  if (!prediction) return 'no-prediction';
  if (prediction.model.criterion !== criterionNames[criterion]) return 'model-criterion';
  return prediction.decision === 'withheld' ? 'withheld' : null;
};

const personOf = (caseId: string, { patientId, issuer }: CaseOutcome): string => {
  const known = patientId.trim().toLowerCase();
  return known === '' ? `case\u0000${caseId}` : `${issuer}\u0000${known}`;
};

/** Of a patient's cases with a response the first stands for the patient: two courses of one are not two witnesses. */
const laterCourses = (known: readonly Known[], criterion: Criterion): ReadonlySet<string> => {
  const first = new Map<string, { caseId: string; date: string }>();
  const later = new Set<string>();
  for (const { one, found } of known) {
    if (!found || !isResponse(judge(found, criterion))) continue;
    const person = personOf(one.caseId, found);
    const before = first.get(person);
    if (!before) first.set(person, { caseId: one.caseId, date: found.date });
    else if (found.date < before.date) {
      later.add(before.caseId);
      first.set(person, { caseId: one.caseId, date: found.date });
    } else later.add(one.caseId);
  }
  return later;
};

const readingsOf = (found: readonly LockedReading[] | undefined): ReadCase['readings'] => {
  const byReader = Map.groupBy(found ?? [], ({ reader }) => reader);
  return Object.fromEntries(
    [...byReader].map(([reader, own]) => [
      reader,
      Object.fromEntries(
        own.map(({ kind, body: { probability, confidence, comment, seconds, pauses } }) => [
          kind,
          { probability, confidence, comment, seconds, pauses },
        ]),
      ),
    ]),
  );
};

export const studyResults = (store: Store, study: ReaderStudy): StudyResults => {
  const { name, criterion, readings, threshold, cases, readers } = study;
  const { there, finished } = store.progressOf(study);
  const madeUp = new Set(store.madeUp());
  const simulated = cases.some(({ caseId }) => madeUp.has(caseId));
  const known = cases.map((one): Known => {
    const found = there.has(one.caseId) ? outcomeIfThere(store, one) : undefined;
    // The demonstration history has no images that a model could have seen.
    const made =
      simulated && one.predictionId === null && found?.outcome
        ? simulatedPrediction(found.patientId, found.outcome)
        : undefined;
    return { one, found, prediction: found?.prediction ?? made };
  });
  const later = laterCourses(known, criterion);
  const locked = Map.groupBy(store.readingsOfStudy(study.id), ({ caseId }) => caseId);
  const rows = known.map(({ one, found, prediction }, index): ReadCase => {
    const judged = later.has(one.caseId) ? 'later-course' : judge(found, criterion);
    const modelExcluded = modelExclusion(prediction, criterion);
    return {
      number: index + 1,
      ...(isResponse(judged) ? { excluded: null, response: judged } : { excluded: judged, response: null }),
      modelExcluded,
      model: modelExcluded === null && prediction ? prediction.probability : null,
      readings: readingsOf(locked.get(one.caseId)),
    };
  });
  const models = known.flatMap(({ prediction }) => (prediction ? [prediction.model] : []));
  return {
    name,
    criterion,
    readings,
    threshold,
    simulated,
    models: [...new Set(models.map(keyOfModel))].toSorted(),
    simulatedModel: models.some(({ status }) => status === 'simulated'),
    readers: readers.map(({ key, name: called, left }) => ({
      key,
      name: called,
      finished: finished.has(key),
      left: left !== null,
    })),
    cases: rows,
  };
};
