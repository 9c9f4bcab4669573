/**
 * A case without its patient: what all objects of a research export are made from. Name, UIDs and dates are replaced as in
 * the de-identified copies of its images (ADR 5), so that both belong together; words that a person wrote are not in it. Pure.
 */
import type { SavedCase } from '#shared/cases/case.ts';
import { type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import { parseFactor } from '#shared/clinical/parse-factors.ts';
import { assessmentId } from '#shared/course/assessment.ts';
import type { Course, CourseEntry, CourseKind } from '#shared/course/course.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { defaultOptions } from '#shared/study/deidentify.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { ExportedCase } from '../../cases/export/export-tables.ts';
import { wordsOf } from '../../study/deidentify/identity-words.ts';
import { type Pseudonyms, pseudonymsFor } from '../../study/deidentify/pseudonyms.ts';
import { subjectOfPatient } from '../../study/deidentify/subject.ts';
import type { PredictionSaid, ReportedCase, StudyImages } from '../reported-case.ts';
import { type Cleaning, cleaned, cleanId, movedDay } from './cleaned.ts';

/** Ages above are so rare that they point at a person (PS3.15 E.3.7). */
const OLDEST = 90;

const identityOf = ({ patient, accessionNumber = '' }: SavedCase['study']): ReadonlySet<string> => {
  const { patientName, patientId, issuer = '', nameGroups = {} } = patient;
  return new Set(
    [patientName, patientId, issuer, accessionNumber, ...Object.values(nameGroups)].flatMap((text = '') =>
      wordsOf(text),
    ),
  );
};

const isOld = ({ study, factors }: SavedCase): boolean =>
  (study.ageYears ?? 0) >= OLDEST || Number(factors.age?.value ?? 0) >= OLDEST;

const factorsOf = (values: FactorValues, { pseudonyms }: Cleaning): FactorValues =>
  Object.fromEntries(
    factorIds.flatMap((id) => {
      const entry = values[id] && parseFactor(id, values[id]).entry;
      if (!entry) return [];
      const { value, unit, comparator, date, origin, ngPerIU } = entry;
      return [
        [
          id,
          {
            value: id === 'age' ? Math.min(Number(value), OLDEST) : value,
            ...(unit === undefined ? {} : { unit }),
            ...(comparator === undefined ? {} : { comparator }),
            ...(ngPerIU === undefined ? {} : { ngPerIU }),
            ...(origin === undefined ? {} : { origin }),
            ...(date === undefined ? {} : { date: movedDay(date, pseudonyms.shiftDays) }),
          },
        ],
      ];
    }),
  );

/** Of somebody very old the parts of the number would say how old. */
const predictionOf = (prediction: Prediction, hidesParts: boolean, cleaning: Cleaning): Prediction => ({
  ...cleaned(prediction, cleaning),
  ...(hidesParts ? { clinicalContributions: [] } : {}),
});

const saidOf = (said: PredictionSaid, hidesParts: boolean, cleaning: Cleaning): PredictionSaid =>
  'prediction' in said ? { ...said, prediction: predictionOf(said.prediction, hidesParts, cleaning) } : said;

const patientOf = (patient: PatientIdentity, { patient: pseudonym }: Pseudonyms): PatientIdentity => ({
  patientName: pseudonym,
  patientId: pseudonym,
  ...(patient.sex !== undefined && /^[MFO]$/.test(patient.sex) ? { sex: patient.sex } : {}),
});

const savedOf = (saved: SavedCase, cleaning: Cleaning): SavedCase => {
  const { pseudonyms } = cleaning;
  const { comparison: _, marks: __, factors, predictions, study, ...rest } = saved;
  const { patient, ageYears, studyDate, contrastAgent: ___, accessionNumber: ____, ...about } = study;
  const series = about.series.map((one) => ({ ...cleaned(one, cleaning), id: pseudonyms.uid(one.id) }));
  return {
    ...cleaned({ ...rest, lesions: rest.lesions.map((one) => ({ ...one, comment: '' })) }, cleaning),
    source: { kind: saved.source.kind, path: '' },
    study: {
      ...cleaned(about, cleaning),
      series,
      patient: patientOf(patient, pseudonyms),
      ...(ageYears === undefined ? {} : { ageYears: Math.min(ageYears, OLDEST) }),
      ...(studyDate === undefined ? {} : { studyDate: movedDay(studyDate, pseudonyms.shiftDays).replaceAll('-', '') }),
    },
    factors: factorsOf(factors, cleaning),
    predictions: predictions.map((one) => predictionOf(one, isOld(saved), cleaning)),
    // Nobody has looked at their pixels for a name.
    keyImages: [],
    note: '',
  };
};

const imagesOf = ({ stacks }: StudyImages, { uid, patient }: Pseudonyms): StudyImages => ({
  header: { patientName: patient, studyId: '', studyTime: '', referringPhysician: '', accessionNumber: '' },
  stacks: new Map(
    [...stacks].map(([id, references]) => [
      uid(id),
      references.map((one) => ({ ...one, sopInstanceUID: uid(one.sopInstanceUID) })),
    ]),
  ),
});

/** @param key the site's secret; see `pseudonymsFor` */
export const researchCase = (reported: ReportedCase, key: Uint8Array): ReportedCase => {
  const { saved, course, images, prediction, at } = reported;
  const { patient, studyInstanceUID: study } = saved.study;
  const subject = subjectOfPatient({ patientId: patient.patientId, issuer: patient.issuer ?? '', study });
  const pseudonyms = pseudonymsFor(key, subject);
  const cleaning: Cleaning = { pseudonyms, identity: identityOf(saved.study) };
  return {
    ...reported,
    saved: savedOf(saved, cleaning),
    course: {
      ...cleaned(course, cleaning),
      timePoints: course.timePoints.map((point) => ({
        ...cleaned(point, cleaning),
        id: cleanId(point.id, cleaning),
        factors: factorsOf(point.factors, cleaning),
      })),
      images: [],
    },
    prediction: saidOf(prediction, isOld(saved), cleaning),
    // Who decided, and in which words.
    decisions: [],
    at: new Date(at.getTime() + pseudonyms.shiftDays * 86_400_000),
    installation: 'REMOVED',
    images: images && imagesOf(images, pseudonyms),
    deidentified: defaultOptions,
  };
};

const entriesOf = ({ plan, lesions, timePoints, cycles, coTherapies, end, assessments, outcome }: Course) => {
  const parts: [CourseKind, string, unknown][] = [
    ['plan', 'plan', plan],
    ...lesions.map((one): [CourseKind, string, unknown] => ['lesion', one.id, one]),
    ...timePoints.map((one): [CourseKind, string, unknown] => ['time-point', one.id, one]),
    ...cycles.map((one): [CourseKind, string, unknown] => ['cycle', one.id, one]),
    ...coTherapies.map((one): [CourseKind, string, unknown] => ['co-therapy', one.id, one]),
    ...(end ? [['end', 'end', end] satisfies [CourseKind, string, unknown]] : []),
    ...assessments.map((one): [CourseKind, string, unknown] => [
      'assessment',
      assessmentId(one.timePointId, one.criterion),
      one,
    ]),
    ...(outcome ? [['outcome', 'outcome', outcome] satisfies [CourseKind, string, unknown]] : []),
  ];
  return parts.map(
    ([kind, id, body], i): CourseEntry => ({ sequence: i + 1, kind, id, at: '', actor: '', amendment: null, body }),
  );
};

/** The case with its course in force, as tables and JSON take it: who wrote what when is not in it, nor what it was before. */
export const researchWhole = ({ saved, course }: ReportedCase): ExportedCase => ({
  ...saved,
  course: entriesOf(course),
  board: [],
  readings: [],
});
