/**
 * From the images of one opened input to studies: stacks with geometry, time after contrast, quality notes and a
 * suggested role each. Pure.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { PatientIdentity, QualityNote, ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import type { ImageRecord, StackRecord } from '../records.ts';
import { contrastAgentText } from '../roles/contrast-agent.ts';
import { decideRoles } from '../roles/decide-roles.ts';
import { contrastClock } from '../series/contrast-clock.ts';
import { number, text } from '../series/fact-values.ts';
import { groupSeries } from '../series/group-series.ts';
import { ageAtStudy, isAgeDisputed } from '../series/patient-age.ts';
import { declaredSpacing } from '../series/positions.ts';
import { fullestIdentity, patientsAmong } from '../series/same-patient.ts';
import { groupBy } from '../series/split.ts';
import { geometryNotes } from '../series/stack-geometry.ts';
import {
  ageDisputedNote,
  fieldStrengthT,
  firstText,
  patientIdNotes,
  patientsMixedNote,
} from '../series/study-patient.ts';
import { contrastStatesMixedNote, highBitNotes, seriesNotes, studyNotes } from './quality.ts';

/** UIDs that the role engine groups by, also where a file's header carried them only outside `attributes`. */
const withUids = (stack: StackRecord): SeriesFacts => ({
  StudyInstanceUID: stack.images[0]?.studyInstanceUID ?? '',
  SeriesInstanceUID: stack.seriesInstanceUID,
  ...stack.facts,
});

const defined = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): Partial<T> => {
  const kept: Partial<T> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
};

const rounded = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 10) / 10;

const assembleSeries = (stacks: readonly StackRecord[]): ScannedSeries[] => {
  const facts = stacks.map(withUids);
  const clock = contrastClock(facts);
  const decisions = decideRoles(facts, stacks);
  return stacks.flatMap((stack, index): ScannedSeries[] => {
    const own = facts[index];
    const suggestion = decisions[index];
    if (!own || !suggestion) return [];
    return [
      {
        id: stack.id,
        seriesInstanceUID: stack.seriesInstanceUID,
        description: text(own, 'SeriesDescription') || text(own, 'ProtocolName'),
        modality: text(own, 'Modality'),
        instances: stack.images.length,
        rows: Math.max(0, Math.trunc(number(own, 'Rows') ?? 0)),
        columns: Math.max(0, Math.trunc(number(own, 'Columns') ?? 0)),
        ...defined<
          Pick<
            ScannedSeries,
            | 'part'
            | 'partMessages'
            | 'seriesNumber'
            | 'geometry'
            | 'unplaced'
            | 'unplacedMessage'
            | 'secondsAfterContrast'
          >
        >({
          part: stack.part,
          partMessages: stack.partMessages,
          seriesNumber: number(own, 'SeriesNumber'),
          geometry: stack.geometry,
          unplaced: stack.unplaced,
          unplacedMessage: stack.unplacedMessage,
          secondsAfterContrast: rounded(clock.secondsAfter[index]),
        }),
        facts: own,
        suggestion,
        notes: [
          ...(stack.geometry ? geometryNotes(stack.geometry, declaredSpacing(stack.images)) : []),
          ...(stack.mixed ? [contrastStatesMixedNote] : []),
          ...highBitNotes(stack.images),
          ...seriesNotes(own, suggestion, stack.geometry),
        ],
      },
    ];
  });
};

/** Series without a number come last. Parts of one series keep the order in which they were divided. */
const bySeriesNumber = (a: ScannedSeries, b: ScannedSeries): number =>
  (a.seriesNumber ?? Number.MAX_SAFE_INTEGER) - (b.seriesNumber ?? Number.MAX_SAFE_INTEGER);

const assembleStudy = (stacks: readonly StackRecord[], notes: QualityNote[]): ScannedStudy[] => {
  const first = stacks[0]?.images[0];
  if (!first) return [];
  const facts = stacks.map((stack) => stack.facts);
  const series = assembleSeries(stacks).sort(bySeriesNumber);
  const patient = fullestIdentity(identitiesOf(stacks)) ?? first.patient;
  const birthDate = patient.birthDate ?? '';
  const studyDate = firstText(facts, 'StudyDate');
  const statedAge = firstText(facts, 'PatientAge') ?? '';
  const ageNotes = isAgeDisputed(statedAge, birthDate, studyDate ?? '') ? [ageDisputedNote] : [];
  return [
    {
      studyInstanceUID: first.studyInstanceUID,
      patient,
      ...defined<Omit<ScannedStudy, 'studyInstanceUID' | 'patient' | 'series' | 'notes'>>({
        studyDate,
        studyDescription: firstText(facts, 'StudyDescription'),
        accessionNumber: firstText(facts, 'AccessionNumber'),
        ageYears: ageAtStudy(statedAge, birthDate, studyDate ?? ''),
        manufacturer: firstText(facts, 'Manufacturer'),
        fieldStrengthT: facts.map(fieldStrengthT).find((value) => value !== undefined),
        contrastAgent: contrastAgentText(facts),
      }),
      series,
      notes: [...notes, ...ageNotes, ...studyNotes(series)],
    },
  ];
};

const identitiesOf = (stacks: readonly StackRecord[]): PatientIdentity[] =>
  stacks.flatMap(({ images }) => images.map(({ patient }) => patient));

const identityOf = ({ images }: StackRecord): PatientIdentity =>
  images[0]?.patient ?? { patientName: '', patientId: '' };

/**
 * Groups images into studies and stacks. Images of different patients never share a study: where one StudyInstanceUID
 * carries several patient IDs, names or birth dates, each patient is a study of its own with a `patients-mixed` note.
 *
 * @returns `stacks` holds every stack of every study; `studies[].series[].id` refers to them.
 */
export const assembleStudies = (images: readonly ImageRecord[]): { studies: ScannedStudy[]; stacks: StackRecord[] } => {
  const stacks = groupSeries(images);
  const studies = [...groupBy(stacks, (stack) => stack.images[0]?.studyInstanceUID ?? '')].flatMap(([, ofStudy]) => {
    const patientOf = patientsAmong(identitiesOf(ofStudy));
    const byPatient = [...groupBy(ofStudy, (stack) => patientOf(identityOf(stack))).values()];
    const mixed = byPatient.length > 1 ? [patientsMixedNote(byPatient.length)] : [];
    return byPatient.flatMap((ofPatient) =>
      assembleStudy(ofPatient, [...mixed, ...patientIdNotes(identitiesOf(ofPatient))]),
    );
  });
  return { studies, stacks };
};
