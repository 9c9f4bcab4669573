import type { SavedCase } from '#shared/cases/case.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { CourseEntry } from '#shared/course/course.ts';
import type { ImageSet } from '#shared/course/key-images.ts';
import { lesionDiameterMm } from '#shared/study/lesion.ts';
import { spreadsheetCsv } from '#shared/tables/write-csv.ts';
import type { AnyBoardEntry } from '../board/board-rows.ts';
import type { LockedReading } from '../readers/reading-rows.ts';
import { picturesNamed } from '../rows/course-picture-rows.ts';

/** A case with everything that an archive holds of it, its pictures apart. */
export type ExportedCase = SavedCase & { course: CourseEntry[]; board: AnyBoardEntry[]; readings: LockedReading[] };

type Cell = string | number | boolean | null | undefined;

const HEADERS = {
  cases:
    'case patientName patientId issuerOfPatientId birthDate sex studyInstanceUID studyDate studyDescription accessionNumber ' +
    'source revision createdAt updatedAt trashedAt baseRate predictions predictionOutdated keyImages courseEntries note',
  predictions:
    'case prediction createdAt outdated probability intervalLevel intervalLow intervalHigh decision withheldBecause threshold ' +
    'criterion modelId modelVersion modelStatus modelSha256 provider appVersion',
  factors: 'case factor value comparator unit assay ngPerIU date origin',
  lesions: 'case lesion label kind longestDiameterMm seriesId segment depthMm chosenAsIndex comment',
  roles: 'case role seriesId',
  'course-entries': 'case sequence kind part at actor amendment body',
  'board-entries': 'case sequence kind meeting at actor amendment body',
  readings: 'case sequence study reader kind at actor probability confidence comment seconds pauses body',
  'key-images': 'case file role seriesId sliceIndex origin takenAt prediction',
  'course-images': 'case sequence file timePoint lesion role seriesId sliceIndex origin takenAt',
} as const;
export type TableName = keyof typeof HEADERS;
export const tableNames = Object.keys(HEADERS) as TableName[];

const csv = (rows: readonly (readonly Cell[])[]): string => `${spreadsheetCsv(rows)}\r\n`;

/** Spreadsheets take a file for UTF-8 only where it begins with a mark. */
export const tableHeader = (name: TableName): string => `\uFEFF${csv([HEADERS[name].split(' ')])}`;

const two = (number: number): string => String(number).padStart(2, '0');

/** Named after its place and role alone: a file name says nothing of a patient. */
export const pictureName = ({ keyImages }: SavedCase, index: number): string => {
  const image = keyImages[index];
  const end = image?.mediaType === 'image/png' ? 'png' : 'webp';
  return `${two(index + 1)}-${image?.role ?? 'image'}${image?.predictionId === undefined ? '' : '-map'}.${end}`;
};

/** By its hash alone, since entries of a course share pictures. */
export const coursePictureName = ({ id, mediaType }: Pick<KeyImage, 'id' | 'mediaType'>): string =>
  `course/${id.slice(0, 32)}.${mediaType === 'image/png' ? 'png' : 'webp'}`;

export interface CasePicture {
  id: string;
  /** In the folder of its case. */
  name: string;
  bytes: number;
  isOfCourse: boolean;
}

/** Every picture of a case and of its course, with the name that it has in an archive. */
export const casePictures = (one: ExportedCase): CasePicture[] => [
  ...one.keyImages.map(({ id, bytes }, index) => ({ id, bytes, name: pictureName(one, index), isOfCourse: false })),
  ...picturesNamed(one.course).map((image) => ({
    id: image.id,
    bytes: image.bytes,
    name: coursePictureName(image),
    isOfCourse: true,
  })),
];

const rowsOf: Record<TableName, (one: ExportedCase) => Cell[][]> = {
  cases: (one) => {
    const { study, source } = one;
    const { patient } = study;
    return [
      [
        ...[one.id, patient.patientName, patient.patientId, patient.issuer, patient.birthDate, patient.sex],
        ...[study.studyInstanceUID, study.studyDate, study.studyDescription, study.accessionNumber],
        ...[source.kind, one.revision, one.createdAt, one.updatedAt, one.trashedAt, one.baseRate],
        ...[one.predictions.length, one.predictionOutdated ?? false, one.keyImages.length, one.course.length, one.note],
      ],
    ];
  },
  predictions: (one) =>
    one.predictions.map((prediction, index) => {
      const { id, createdAt, probability, interval, decision, model } = prediction;
      // A withheld number is in no table: case.json has it, beside why it was withheld.
      const shown = decision === 'withheld' ? undefined : { probability, ...interval };
      return [
        ...[one.id, id, createdAt, index > 0 || one.predictionOutdated === true],
        ...[shown?.probability, shown?.level, shown?.low, shown?.high],
        ...[decision, prediction.withheldBecause.map(({ code }) => code).join(' '), prediction.threshold],
        ...[model.criterion, model.id, model.version, model.status, model.sha256],
        ...[prediction.provider, prediction.appVersion],
      ];
    }),
  factors: (one) =>
    Object.entries(one.factors).map(([id, { value, comparator, unit, assay, ngPerIU, date, origin }]) => [
      ...[one.id, id, value, comparator, unit, assay, ngPerIU, date, origin],
    ]),
  lesions: (one) =>
    one.lesions.map((lesion) => [
      ...[one.id, lesion.id, lesion.label, lesion.kind, lesionDiameterMm(lesion), lesion.seriesId],
      ...[lesion.segment, lesion.depthMm, lesion.isIndex ?? false, lesion.comment],
    ]),
  roles: (one) => one.roles.map(({ role, seriesId }) => [one.id, role, seriesId]),
  'course-entries': (one) =>
    one.course.map(({ sequence, kind, id, at, actor, amendment, body }) => [
      ...[one.id, sequence, kind, id, at, actor, amendment, body === null ? '' : JSON.stringify(body)],
    ]),
  'board-entries': (one) =>
    one.board.map(({ sequence, kind, meetingId, at, actor, amendment, body }) => [
      ...[one.id, sequence, kind, meetingId, at, actor, amendment, JSON.stringify(body)],
    ]),
  readings: (one) =>
    one.readings.map(({ sequence, studyId, reader, kind, at, actor, body }) => [
      ...[one.id, sequence, studyId, reader, kind, at, actor, body.probability, body.confidence, body.comment],
      ...[body.seconds, body.pauses, JSON.stringify(body)],
    ]),
  'key-images': (one) =>
    one.keyImages.map(({ role, seriesId, sliceIndex, origin, takenAt, predictionId }, index) => [
      ...[
        one.id,
        `cases/${one.id}/${pictureName(one, index)}`,
        role,
        seriesId,
        sliceIndex,
        origin,
        takenAt,
        predictionId,
      ],
    ]),
  'course-images': (one) =>
    one.course.flatMap(({ sequence, kind, body }) => {
      if (kind !== 'images' || body === null) return [];
      const { timePointId, origin, images } = body as ImageSet;
      return images.map((image) => [
        ...[one.id, sequence, `cases/${one.id}/${coursePictureName(image)}`, timePointId, image.lesionId, image.role],
        ...[image.seriesId, image.sliceIndex, origin, image.takenAt],
      ]);
    }),
};

export const tableRows = (name: TableName, one: ExportedCase): string => {
  const rows = rowsOf[name](one);
  return rows.length === 0 ? '' : csv(rows);
};
