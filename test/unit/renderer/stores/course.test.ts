import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Course, type CourseWrite, partKey } from '#shared/course/course.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import { AppError } from '#shared/errors.ts';
import { useCourseStore } from '../../../../src/renderer/stores/course.ts';

const { host } = vi.hoisted(() => ({
  host: { call: async (_name: string, _input: unknown): Promise<unknown> => undefined },
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: (name: string, input: unknown) => host.call(name, input) }),
}));

const point: TimePoint = { id: 'v1', date: '2026-05-19', study: { state: 'none' }, measures: {}, factors: {} };
const empty: Course = {
  caseId: 'c',
  plan: {},
  lesions: [],
  timePoints: [point],
  cycles: [],
  coTherapies: [],
  end: null,
  assessments: [],
  outcome: null,
  revisions: {},
} as unknown as Course;

let there: Course;
let refuse: AppError | undefined;

/** Keeps what is written a moment later, as a host does, and refuses what was made from another entry. */
const answer = async (name: string, input: unknown): Promise<Course> => {
  await new Promise((resume) => setImmediate(resume));
  if (name === 'course.get') return there;
  if (refuse) throw refuse;
  const [change] = (input as { writes: CourseWrite[] }).writes;
  if (change?.kind !== 'time-point' || !change.body) throw new Error('only visits are written here');
  const key = partKey('time-point', change.id);
  if ((there.revisions[key] ?? null) !== change.base) throw new AppError('course-changed', 'changed');
  there = { ...there, timePoints: [change.body], revisions: { [key]: (change.base ?? 0) + 1 } };
  return there;
};

const measured = (store: ReturnType<typeof useCourseStore>, lesion: string, mm: number): Promise<void> => {
  const shown = store.course?.timePoints[0] ?? point;
  const body = { ...shown, measures: { ...shown.measures, [lesion]: { state: 'measured' as const, mm } } };
  return store.write([{ kind: 'time-point', id: 'v1', body }]);
};
const measures = (course: Course | undefined) => Object.keys(course?.timePoints[0]?.measures ?? {});

beforeEach(() => {
  setActivePinia(createPinia());
  there = empty;
  refuse = undefined;
  host.call = answer;
});

test('cells that are entered faster than they are kept lose nothing of each other, and undo takes one after the other back', async () => {
  const store = useCourseStore();
  await store.load('c');
  await Promise.all(['L1', 'L2', 'L3'].map((lesion) => measured(store, lesion, 20)));
  expect(measures(there)).toEqual(['L1', 'L2', 'L3']);
  expect(store.course).toEqual(there);
  await store.undo();
  expect(measures(there)).toEqual(['L1', 'L2']);
  await store.undo();
  await store.undo();
  expect(measures(there)).toEqual([]);
});

test('what is not kept is not shown, nor what was entered upon it', async () => {
  const store = useCourseStore();
  await store.load('c');
  await measured(store, 'L1', 20);
  refuse = new AppError('records-full', 'The disk is full.');
  const writes = ['L2', 'L3'].map((lesion) => measured(store, lesion, 20));
  expect(measures(store.course)).toEqual(['L1', 'L2', 'L3']);
  const outcomes = await Promise.allSettled(writes);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(measures(there)).toEqual(['L1']);
  expect(measures(store.course)).toEqual(['L1']);
  refuse = undefined;
  await measured(store, 'L4', 20);
  expect(measures(there)).toEqual(['L1', 'L4']);
});
