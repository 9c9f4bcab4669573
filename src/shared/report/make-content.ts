/** Makes what a report says out of what the records hold. Pure; codes and numbers alone. */
import { type DecisionVersion, withoutModel } from '../board/decision.ts';
import type { SavedCase } from '../cases/case.ts';
import type { KeyImage } from '../cases/key-image.ts';
import { imagesByRole, keptShown } from '../cases/shown-images.ts';
import { type FactorValues, factorIds } from '../clinical/factor-values.ts';
import { holdFlags } from '../clinical/hold-flags.ts';
import { parseFactor, refusedFactors } from '../clinical/parse-factors.ts';
import { responseCodes } from '../clinical/response/timeline.ts';
import { comparatorScores } from '../clinical/scores/comparators.ts';
import { deriveScores } from '../clinical/scores/index.ts';
import type { Course } from '../course/course.ts';
import { summariseCourse } from '../course/reminders.ts';
import type { KeptRecalibration } from '../evidence/recalibration/kept.ts';
import { recalibratedResult } from '../evidence/recalibration/recalibrated-result.ts';
import { atBaseRate } from '../model/at-base-rate.ts';
import { optionUsed } from '../model/contribution-rows.ts';
import type { ModelManifest } from '../model/manifest.ts';
import type { Prediction, PredictionWarning } from '../model/prediction.ts';
import { distance } from '../study/geometry.ts';
import { indexLesion } from '../study/lesion.ts';
import { modalitiesOf } from '../study/modality.ts';
import type { Language } from '../words/language.ts';
import { cohortNameIn, packageWordsIn } from '../words/package-words.ts';
import {
  REPORT_SCHEMA,
  type ReportAtBaseRate,
  type ReportCompared,
  type ReportContent,
  type ReportContribution,
  type ReportCourse,
  type ReportDecision,
  type ReportFactor,
  type ReportImage,
  type ReportLesion,
  type ReportModel,
  type ReportResult,
  type ReportScore,
} from './report-content.ts';

export interface ReportInput {
  saved: SavedCase;
  /** The patient is made up. */
  simulated: boolean;
  /** The one in force. */
  prediction: Prediction | undefined;
  /** Of the very model that predicted; undefined where it is no longer installed. */
  manifest: ModelManifest | undefined;
  course: Course;
  /** Every recalibration that was taken into use here. */
  recalibrations: readonly KeptRecalibration[];
  /** In force, newest first. */
  decisions: readonly DecisionVersion[];
  /** Days of the meetings that keep the model covered and have not voted. */
  coveredBy: readonly string[];
  /** Leaves out what names the patient: name, numbers, birth date, what the study is called, the note. */
  hideIdentity: boolean;
  language: Language;
}

/** Whether numbers of the model may be said. */
type Standing = 'none' | 'covered' | 'withheld' | 'shown';

const standingOf = ({ prediction, coveredBy }: ReportInput): Standing => {
  if (!prediction) return 'none';
  if (coveredBy.length > 0) return 'covered';
  return prediction.decision === 'withheld' ? 'withheld' : 'shown';
};

const pictureOf = (image: KeyImage | undefined): ReportImage['plain'] =>
  image ? { id: image.id, mediaType: image.mediaType } : null;

/** Every role at the index lesion, then what a person kept; under a map only where its number is shown. */
const imagesOf = (images: readonly KeyImage[], mapOf: string | undefined): ReportImage[] => {
  const atLesion = imagesByRole(
    images.filter(({ origin }) => origin === 'index-lesion'),
    mapOf,
  ).flatMap(({ role, plain, mapped }): ReportImage[] => {
    const of = plain ?? mapped;
    if (!of) return [];
    const { seriesId, sliceIndex, origin } = of;
    return [{ role, seriesId, sliceIndex, origin, plain: pictureOf(plain), mapped: pictureOf(mapped) }];
  });
  const kept = keptShown(
    images.filter(({ origin }) => origin === 'kept'),
    mapOf,
  ).map((image): ReportImage => {
    const { role, seriesId, sliceIndex, origin, predictionId } = image;
    const picture = pictureOf(image);
    const isMapped = predictionId !== undefined;
    return { role, seriesId, sliceIndex, origin, plain: isMapped ? null : picture, mapped: isMapped ? picture : null };
  });
  return [...atLesion, ...kept];
};

const lesionsOf = ({ lesions }: SavedCase, indexId: string | undefined): ReportLesion[] =>
  lesions.map(({ id, label, kind, seriesId, longAxis, shortAxis }) => ({
    id,
    label,
    kind,
    isIndex: id === indexId,
    seriesId,
    longMm: distance(...longAxis),
    shortMm: shortAxis ? distance(...shortAxis) : null,
  }));

/** By size, so that what counted most is read first. */
const contributionsOf = (prediction: Prediction, factors: FactorValues): ReportContribution[] => [
  { kind: 'base', contribution: prediction.bias },
  { kind: 'image', contribution: prediction.imageContribution },
  ...prediction.clinicalContributions
    .map(({ factor, value, unit, countedAs, contribution }): ReportContribution => {
      const id = factorIds.find((one) => one === factor);
      const option = id === undefined ? undefined : optionUsed(id, value, factors[id]);
      return {
        kind: 'factor',
        factor,
        value,
        option: option ?? null,
        unit,
        countedAs: countedAs ?? null,
        contribution,
      };
    })
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
];

const ratedOf = (
  prediction: Prediction,
  { manifest, saved, language }: Pick<ReportInput, 'manifest' | 'saved' | 'language'>,
): ReportAtBaseRate | null => {
  const rate = saved.baseRate;
  if (rate === null) return null;
  const found = manifest ? atBaseRate(prediction, manifest, rate) : { basis: 'none' as const };
  if (found.basis === 'none') return { basis: 'none', rate };
  const values = { rate, ppv: found.ppv ?? null, npv: found.npv ?? null };
  if (found.basis === 'metrics') {
    const { cohort, n, sensitivity, specificity } = found.source;
    return {
      ...values,
      basis: 'metrics',
      cohort: cohortNameIn(language, manifest, cohort),
      n,
      sensitivity: sensitivity.value,
      specificity: specificity.value,
    };
  }
  const { cohort, patients, probability, low, high } = found;
  return {
    ...values,
    basis: 'population',
    cohort: cohortNameIn(language, manifest, cohort),
    patients,
    probability,
    low: low ?? null,
    high: high ?? null,
  };
};

const intervalOf = (interval: Prediction['interval']) =>
  interval && { level: interval.level, low: interval.low, high: interval.high, widened: interval.widened ?? false };

const comparedOf = (other: Prediction | undefined): ReportCompared | null => {
  if (!other) return null;
  const { id, model, decision, warnings } = other;
  const isShown = decision !== 'withheld';
  return {
    predictionId: id,
    id: model.id,
    version: model.version,
    status: model.status,
    criterion: model.criterion,
    decision,
    probability: isShown ? other.probability : null,
    interval: isShown ? intervalOf(other.interval) : null,
    threshold: isShown ? other.threshold : null,
    warnings: warnings.length,
  };
};

const recalibratedOf = ({ prediction, recalibrations, simulated }: ReportInput) =>
  prediction && recalibratedResult(prediction, recalibrations, simulated);

const resultOf = (input: ReportInput, standing: Standing): ReportResult => {
  const { prediction, saved, manifest, language, coveredBy } = input;
  if (standing === 'covered') return { state: 'covered', meetings: [...coveredBy] };
  if (!prediction) return { state: 'none' };
  const { id: predictionId, createdAt: computedAt, decision } = prediction;
  if (decision === 'withheld')
    return { state: 'withheld', predictionId, computedAt, because: prediction.withheldBecause };
  const interval = intervalOf(prediction.interval);
  const recalibrated = recalibratedOf(input);
  const noInterval = manifest?.interval ? ('unknown' as const) : ('none-given' as const);
  return {
    state: 'shown',
    predictionId,
    computedAt,
    event: manifest ? manifest.event.positive : null,
    probability: prediction.probability,
    interval,
    noInterval: interval ? null : noInterval,
    threshold: prediction.threshold,
    thresholdMethod: manifest ? packageWordsIn(language, manifest).thresholdMethod : null,
    decision,
    logit: prediction.logit,
    contributions: contributionsOf(prediction, saved.factors),
    atBaseRate: recalibrated ? null : ratedOf(prediction, input),
    ...(recalibrated ? { recalibrated } : {}),
    compared: comparedOf(saved.comparison),
  };
};

const modelOf = ({ model, appVersion, provider }: Prediction): ReportModel => ({ ...model, appVersion, provider });

/** What may move a number says how far; beside one that is not shown it does not. */
const withoutNumber = ({ couldMoveTo: _, params, ...warning }: PredictionWarning): PredictionWarning => {
  if (!params) return warning;
  const { wouldGive: __, ...others } = params;
  return { ...warning, params: others };
};

const warningsOf = (prediction: Prediction | undefined, standing: Standing): PredictionWarning[] => {
  if (!prediction || standing === 'covered') return [];
  return standing === 'withheld' ? prediction.warnings.map(withoutNumber) : prediction.warnings;
};

const factorsOf = (values: FactorValues): ReportFactor[] => {
  const raised = holdFlags(values).filter(({ state }) => state === 'raised');
  return factorIds.flatMap((id) => {
    const entry = values[id] && parseFactor(id, values[id]).entry;
    if (!entry) return [];
    return [
      {
        id,
        value: entry.value,
        comparator: entry.comparator ?? null,
        unit: entry.unit ?? null,
        assay: entry.assay ?? null,
        ngPerIU: entry.ngPerIU ?? null,
        date: entry.date ?? null,
        origin: entry.origin ?? 'user',
        flag: raised.find((one) => one.id === id)?.kind ?? null,
      },
    ];
  });
};

const scoresOf = (values: FactorValues): ReportScore[] => {
  const compared = new Set(comparatorScores(values).map(({ id }) => id));
  return deriveScores(values).flatMap((score) => {
    const { id, value, grade } = score;
    if (value === null && grade === undefined) return [];
    const edition = 'edition' in score && typeof score.edition === 'string' ? score.edition : null;
    return [{ id, value, grade: grade ?? null, edition, isComparator: compared.has(id) }];
  });
};

const decisionOf = ({ meetingId, at, by, amendment, body }: DecisionVersion): ReportDecision => {
  const { snapshot, ...entry } = body;
  const { question, presenter, seen } = snapshot;
  return { ...entry, meetingId, at, by, amendment, question, presenter, seen };
};

const responseOf = (code: string | undefined): ReportCourse['best']['mrecist'] =>
  responseCodes.find((one) => one === code) ?? null;

const courseOf = (course: Course): ReportCourse | null => {
  const { state, cycles, followUps, best } = summariseCourse(course);
  if (cycles === 0 && followUps <= 0 && state === 'open') return null;
  const read = { 'recist-1.1': responseOf(best['recist-1.1']), mrecist: responseOf(best.mrecist) };
  return { state, cycles, followUps: Math.max(0, followUps), best: read };
};

const nobody: ReportContent['patient'] = { patientName: '', patientId: '' };

export const makeReportContent = (input: ReportInput): ReportContent => {
  const { saved, prediction, course, decisions, language, simulated, hideIdentity } = input;
  const { study } = saved;
  const standing = standingOf(input);
  const isCovered = standing === 'covered';
  const known = isCovered ? undefined : prediction;
  const flags = holdFlags(saved.factors).filter(({ state }) => state === 'raised');
  /** The number of a series leads to its patient. */
  const unnamed = <T extends { seriesId: string }>(one: T): T => (hideIdentity ? { ...one, seriesId: '' } : one);
  const result = resultOf(input, standing);
  const recalibratedAt = result.state === 'shown' && result.recalibrated ? [result.recalibrated.at] : [];
  const date =
    [saved.updatedAt, ...decisions.map(({ at }) => at), ...recalibratedAt].toSorted().at(-1) ?? saved.updatedAt;
  return {
    schema: REPORT_SCHEMA,
    language,
    date,
    case: { id: saved.id, revision: saved.revision, savedAt: saved.updatedAt },
    simulated,
    identityHidden: hideIdentity,
    patient: hideIdentity ? nobody : study.patient,
    ageYears: study.ageYears ?? null,
    study: {
      studyInstanceUID: hideIdentity ? '' : study.studyInstanceUID,
      date: study.studyDate ?? null,
      description: hideIdentity ? null : (study.studyDescription ?? null),
      accessionNumber: hideIdentity ? null : (study.accessionNumber ?? null),
      modalities: modalitiesOf(study.series),
      fieldStrengthT: study.fieldStrengthT ?? null,
      contrastAgent: study.contrastAgent ?? null,
      series: study.series.length,
    },
    note: hideIdentity ? '' : saved.note,
    images: imagesOf(saved.keyImages, standing === 'shown' ? prediction?.id : undefined).map(unnamed),
    confirmedBy: [...new Set(saved.roles.flatMap(({ confirmedBy }) => confirmedBy ?? []))],
    lesions: lesionsOf(saved, known?.indexLesionId ?? indexLesion(saved.lesions)?.id).map(unnamed),
    result,
    model: known ? modelOf(known) : null,
    warnings: warningsOf(prediction, standing),
    factors: factorsOf(saved.factors),
    refusedFactors: factorIds.filter((id) => refusedFactors(saved.factors).some(({ factor }) => factor === id)),
    scores: scoresOf(saved.factors),
    flags: flags.map(({ id, kind, value, rule }) => ({ id, kind, value, rule })),
    decisions: (isCovered ? decisions.map(withoutModel) : decisions).map(decisionOf),
    course: courseOf(course),
  };
};
