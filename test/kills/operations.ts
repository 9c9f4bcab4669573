/** What the killed process does, one write path after the other, and what it says of each on its standard output. */
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { CourseWrite } from '#shared/course/course.ts';
import type { CaseToSave } from '../../src/main/cases/rows/case-to-save.ts';
import { pictureIdOf } from '../../src/main/cases/rows/key-image-rows.ts';
import { sampleCase, samplePrediction } from '../unit/main/cases/sample-case.ts';
import { sampleCycle } from '../unit/shared/course/sample-course.ts';

export const kinds = [
  'create',
  'save',
  'predict',
  'pictures',
  'trash',
  'restore',
  'erase',
  'course',
  'backup',
  'put-back',
  'record',
  'secret',
  'passphrase',
  'setting',
  'lock',
  'salvage',
] as const;
export type Kind = (typeof kinds)[number];

/** One write: its number says what is written, so that whoever reads it afterwards knows what has to be there. */
export interface Operation {
  n: number;
  kind: Kind;
  /** The case that it is about. */
  id?: string;
}

export type Told =
  | { at: 'loaded' | 'created' | 'end' }
  | { at: 'opened'; state: string; code?: string | undefined }
  | ({ at: 'start' } & Operation)
  /** Acknowledged. `id`: of the case; `value`: of the secret. */
  | { at: 'done'; n: number; id?: string; value?: string }
  | { at: 'refused'; n: number; kind?: Kind; code: string; detail?: string | undefined };

/** What each kind weighs: the slow and rare ones are few. */
export const weights: Record<Kind, number> = {
  create: 6,
  save: 18,
  predict: 18,
  pictures: 18,
  trash: 6,
  restore: 6,
  erase: 4,
  course: 14,
  backup: 4,
  'put-back': 3,
  record: 6,
  secret: 3,
  // With it, the whole history gets a new key.
  passphrase: 3,
  setting: 6,
  lock: 3,
  salvage: 1,
};

/** Two parts that belong together: both are of one write, or neither. */
export const courseOf = (n: number, revisions: Readonly<Record<string, number>>): CourseWrite[] =>
  ['c1', 'c2'].map((id, index) => ({
    kind: 'cycle',
    id,
    body: { ...sampleCycle(id, `2024-0${4 + index}-02`), note: noteOf(n) },
    base: revisions[`cycle/${id}`] ?? null,
  }));

/** Backups of one day: the newest of them is kept. */
export const timeOfBackup = (n: number): Date => new Date(Date.UTC(2024, 0, 1) + (n % 80_000) * 1_000);

const CELLS = 400;

const pictureOf = (n: number, index: number): Uint8Array => new Uint8Array(3_000 + (n % 11) * 4_000).fill(n + index);

export const picturesOf = (n: number): { keyImages: KeyImage[]; pictures: Record<string, Uint8Array> } => {
  const given = [0, 1, 2].slice(0, n % 4).map((index) => {
    const picture = pictureOf(n, index);
    const image: KeyImage = {
      id: pictureIdOf(picture),
      mediaType: 'image/webp',
      bytes: picture.byteLength,
      role: 'arterial',
      seriesId: `${n}`,
      sliceIndex: index,
      origin: 'kept',
      takenAt: '2024-01-01T00:00:00.000Z',
    };
    return { image, picture };
  });
  return {
    keyImages: given.map(({ image }) => image),
    pictures: Object.fromEntries(given.map(({ image, picture }) => [image.id, picture])),
  };
};

export const passphraseOf = (n: number): string => `a passphrase of number ${n}`;
export const settingsOf = (n: number) => ({ userName: `Dr ${n}`, defaultModelId: `model-${n}` });
export const noteOf = (n: number): string => `written by ${n}`;

/** Without a prediction, as the inputs are other ones each time; the kept one is out of date then. */
export const inputsOf = (n: number): Omit<CaseToSave, 'caseId'> => {
  const { prediction: _none, ...input } = sampleCase({
    note: noteOf(n),
    factors: { afp: { value: n + 1, unit: 'ng/mL' } },
  });
  return input;
};

export const predictionOf = (n: number) => {
  const prediction = samplePrediction(`prediction-${n}`, (n % 100) / 100);
  return { ...prediction, map: { ...prediction.map, values: new Array<number>(CELLS).fill(Math.fround(n / 7)) } };
};
