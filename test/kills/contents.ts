/** What a write holds, by its number alone. Pure. */
import type { KeptDecision } from '#shared/board/decision.ts';
import type { Listing, Meeting } from '#shared/board/meeting.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Course, CourseWrite } from '#shared/course/course.ts';
import { assessCourse, computedResponse } from '#shared/course/course-timeline.ts';
import { type CaseWithoutImages, studyWithoutImages } from '#shared/course/without-images.ts';
import type { Role } from '#shared/identities/identity.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { ReaderStudy, Reading } from '#shared/readers/reader-study.ts';
import type { CaseToSave } from '../../src/main/cases/rows/case-to-save.ts';
import { pictureIdOf } from '../../src/main/cases/rows/key-image-rows.ts';
import { sampleCase, samplePrediction } from '../unit/main/cases/sample-case.ts';
import { sampleCycle, sampleTimePoint } from '../unit/shared/course/sample-course.ts';

export const noteOf = (n: number): string => `written by ${n}`;
export const pathOf = (n: number): string => `/images/${n}`;
export const modelOf = (n: number): string => `model-${n}`;
export const predictionIdOf = (n: number): string => `prediction-${n}`;
export const comparisonIdOf = (n: number): string => `compared-${n}`;
export const passphraseOf = (n: number): string => `a passphrase of number ${n}`;
export const settingsOf = (n: number) => ({ userName: `Dr ${n}`, defaultModelId: modelOf(n) });

/** Backups of one day: the newest of them is kept. */
export const timeOfBackup = (n: number): Date => new Date(Date.UTC(2024, 0, 1) + (n % 80_000) * 1_000);

const CELLS = 400;

const predictionNamed = (id: string, n: number): Prediction => {
  const prediction = samplePrediction(id, (n % 100) / 100);
  return { ...prediction, map: { ...prediction.map, values: new Array<number>(CELLS).fill(Math.fround(n / 7)) } };
};

/** Without a prediction, as the inputs are other ones each time; the kept one is out of date then. */
export const inputsOf = (n: number): Omit<CaseToSave, 'caseId'> => {
  const { prediction: _none, ...input } = sampleCase({
    source: { kind: 'path', path: pathOf(n) },
    note: noteOf(n),
    factors: { afp: { value: n + 1, unit: 'ng/mL' } },
    modelId: modelOf(n),
  });
  return input;
};

/** What two models say of the inputs. */
export const predictedOf = (n: number): Pick<CaseToSave, 'prediction' | 'comparison'> => ({
  prediction: predictionNamed(predictionIdOf(n), n),
  comparison: predictionNamed(comparisonIdOf(n), n),
});

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

const cyclesOf = (n: number, revisions: Readonly<Record<string, number>>): CourseWrite[] =>
  ['c1', 'c2'].map((id, index) => ({
    kind: 'cycle',
    id,
    body: { ...sampleCycle(id, `2024-0${4 + index}-02`), note: noteOf(n) },
    base: revisions[`cycle/${id}`] ?? null,
  }));

/** Two parts that belong together: both are of one write, or neither. */
export const courseOf = (n: number, { revisions }: Course): CourseWrite[] => cyclesOf(n, revisions);

/** A case of a hospital's table, with its course. */
export const withoutImages = (n: number): CaseWithoutImages => ({
  source: { kind: 'none', path: '' },
  study: studyWithoutImages({ patientName: 'Muster^Erika', patientId: `P-${n}` }, '2024-01-31', undefined),
  factors: { afp: { value: n + 1, unit: 'ng/mL' } },
  writes: cyclesOf(n, {}),
});

export const FOLLOW_UP = 'f1';
const ASSESSMENT = `${FOLLOW_UP}/recist-1.1`;
export const readerOf = (n: number): string => `Dr ${n}`;
/** Of the follow-up that a response is read from. */
export const millimetresOf = (n: number): number => 10 + (n % 997) / 10;

/** A time point and the response that is read from it. */
export const responseOf = (n: number, course: Course): CourseWrite[] => {
  const measured = Object.fromEntries(
    course.lesions.map(({ id }) => [id, { state: 'measured' as const, mm: millimetresOf(n) }]),
  );
  const timePoint = { ...sampleTimePoint(FOLLOW_UP, '2024-04-01', measured), note: noteOf(n) };
  const read = { ...course, timePoints: [...course.timePoints.filter(({ id }) => id !== FOLLOW_UP), timePoint] };
  const assessed = assessCourse(read, 'recist-1.1');
  const computed = computedResponse(assessed.visits.get(FOLLOW_UP), assessed.options);
  const baseOf = (key: string) => course.revisions[key] ?? null;
  const followUp: CourseWrite = {
    kind: 'time-point',
    id: FOLLOW_UP,
    body: timePoint,
    base: baseOf(`time-point/${FOLLOW_UP}`),
  };
  if (!computed) throw new Error('a follow-up that no response can be read from');
  const body = {
    timePointId: FOLLOW_UP,
    criterion: 'recist-1.1' as const,
    computed,
    response: computed.overall,
    reader: readerOf(n),
    at: '2024-04-02T00:00:00.000Z',
  };
  return [followUp, { kind: 'assessment', id: ASSESSMENT, body, base: baseOf(`assessment/${ASSESSMENT}`) }];
};

export const MEETING = 'm';
export const meetingOf = (n: number, caseIds: string[]): Meeting => ({
  id: MEETING,
  date: '2024-05-02',
  name: noteOf(n),
  covered: true,
  caseIds,
});

export const listingOf = (n: number): Listing => ({ question: noteOf(n), presenter: readerOf(n) });

export const decisionOf = (n: number): KeptDecision => ({
  options: [{ treatment: 'haic', detail: '', for: noteOf(n), against: '' }],
  recommendation: 'haic',
  priority: 'soon',
  agreement: 'not-used',
  agreementReason: '',
  participants: [{ role: 'oncology', name: readerOf(n) }],
  dissent: [],
  wish: '',
  owner: readerOf(n),
  due: '2024-06-01',
  date: '2024-05-02',
  snapshot: {
    question: '',
    presenter: '',
    caseRevision: 1,
    seen: 'not-shown',
    model: null,
    staging: [],
    keyImageIds: [],
  },
});

/** A study of one case, begun and read by one write. */
export const readerStudyOf = (n: number, caseId: string): ReaderStudy => ({
  id: `study-${n}`,
  name: noteOf(n),
  criterion: 'mrecist',
  readings: 1,
  threshold: 0.5,
  begunAt: '2024-05-03T00:00:00.000Z',
  begunBy: readerOf(n),
  cases: [{ caseId, predictionId: null }],
  readers: [{ key: 'name:a', name: 'a', seed: n, left: null }],
  closed: null,
});

export const readingOf = (n: number): Reading => ({
  probability: (n % 100) / 100,
  confidence: 1 + (n % 5),
  comment: readerOf(n),
  seconds: n,
  pauses: 0,
});

export const userNamed = (n: number): string => `user-${n}`;
const roles: readonly Role[] = ['reader', 'oncologist', 'administrator'];
/** The first user has to be an administrator, and stays one. */
export const roleOf = (n: number, isFirst: boolean): Role =>
  isFirst ? 'administrator' : (roles[n % roles.length] ?? 'reader');
export const isDisabledBy = (n: number): boolean => n % 2 === 0;
