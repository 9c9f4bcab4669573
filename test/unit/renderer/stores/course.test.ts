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

const courses = new Map<string, Course>();
const there = (caseId = 'c'): Course => courses.get(caseId) ?? { ...empty, caseId };
let refuse: AppError | undefined;

/** Keeps what is written a moment later, as a host does, and refuses what was made from another entry. */
const answer = async (name: string, input: unknown): Promise<Course> => {
  await new Promise((resume) => setImmediate(resume));
  const { caseId, writes = [] } = input as { caseId: string; writes?: CourseWrite[] };
  const now = there(caseId);
  if (name === 'course.get') return now;
  if (refuse) throw refuse;
  const [change] = writes;
  if (change?.kind !== 'time-point' || !change.body) throw new Error('only visits are written here');
  const key = partKey('time-point', change.id);
  if ((now.revisions[key] ?? null) !== change.base) throw new AppError('course-changed', 'changed');
  const next = { ...now, timePoints: [change.body], revisions: { [key]: (change.base ?? 0) + 1 } };
  courses.set(caseId, next);
  return next;
};

const measured = (store: ReturnType<typeof useCourseStore>, lesion: string, mm: number): Promise<void> => {
  const shown = store.course?.timePoints[0] ?? point;
  const body = { ...shown, measures: { ...shown.measures, [lesion]: { state: 'measured' as const, mm } } };
  return store.write([{ kind: 'time-point', id: 'v1', body }]);
};
const measures = (course: Course | undefined) => Object.keys(course?.timePoints[0]?.measures ?? {});

beforeEach(() => {
  setActivePinia(createPinia());
  courses.clear();
  refuse = undefined;
  host.call = answer;
});

test('cells that are entered faster than they are kept lose nothing of each other, and undo takes one after the other back', async () => {
  const store = useCourseStore();
  await store.load('c');
  await Promise.all(['L1', 'L2', 'L3'].map((lesion) => measured(store, lesion, 20)));
  expect(measures(there())).toEqual(['L1', 'L2', 'L3']);
  expect(store.course).toEqual(there());
  await store.undo();
  expect(measures(there())).toEqual(['L1', 'L2']);
  await store.undo();
  await store.undo();
  expect(measures(there())).toEqual([]);
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
  expect(measures(there())).toEqual(['L1']);
  expect(measures(store.course)).toEqual(['L1']);
  refuse = undefined;
  await measured(store, 'L4', 20);
  expect(measures(there())).toEqual(['L1', 'L4']);
});

test('the course of another patient is never on screen: not while one loads, nor where its answer comes too late or not at all', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  host.call = async (name, input) => {
    if ((input as { caseId: string }).caseId === 'c') await held;
    return answer(name, input);
  };
  const store = useCourseStore();
  const first = store.load('c');
  await store.load('d');
  letGo();
  await first;
  expect(store.course?.caseId).toBe('d');
  host.call = async () => {
    throw new AppError('records-failed', 'unreadable');
  };
  await expect(store.load('c')).rejects.toThrow('unreadable');
  expect(store.course).toBeUndefined();
});

test('a measure on its way is kept in the course that it was entered in, also where another one is opened meanwhile', async () => {
  const store = useCourseStore();
  await store.load('c');
  const writes = ['L1', 'L2'].map((lesion) => measured(store, lesion, 20));
  await store.load('d');
  await Promise.all(writes);
  expect(measures(there('c'))).toEqual(['L1', 'L2']);
  expect(measures(there('d'))).toEqual([]);
  expect(store.course?.caseId).toBe('d');
  expect(store.canUndo).toBe(false);
});

const entered = (store: ReturnType<typeof useCourseStore>, lesion: string, mm: number): Promise<void> => {
  const shown = store.course?.timePoints[0] ?? point;
  const body = { ...shown, measures: { ...shown.measures, [lesion]: { state: 'measured' as const, mm } } };
  return store.enter([{ kind: 'time-point', id: 'v1', body }]);
};

test.each(['records-locked', 'records-read-only', 'disk-full'] as const)(
  'numbers that could not be kept (%s) are entered again on request, and nothing of them is lost',
  async (code) => {
    const store = useCourseStore();
    await store.load('c');
    refuse = new AppError(code, 'not now');
    await Promise.allSettled(['L1', 'L2', 'L3'].map((lesion) => entered(store, lesion, 20)));
    expect(measures(store.course)).toEqual([]);
    await expect(store.again()).rejects.toThrow();
    refuse = undefined;
    await store.again();
    expect(measures(there())).toEqual(['L1', 'L2', 'L3']);
    expect(store.course).toEqual(there());
    // Once: what was kept is not entered a second time.
    await store.undo();
    await store.again();
    expect(measures(there())).toEqual(['L1', 'L2']);
  },
);

test('a number entered while another window wrote of the same visit is entered again beside what that wrote', async () => {
  const store = useCourseStore();
  await store.load('c');
  const theirs = { ...point, measures: { L9: { state: 'gone' as const } } };
  courses.set('c', { ...there(), timePoints: [theirs], revisions: { [partKey('time-point', 'v1')]: 7 } });
  await expect(entered(store, 'L1', 20)).rejects.toMatchObject({ code: 'course-changed' });
  // Theirs is on screen first.
  expect(measures(store.course)).toEqual(['L9']);
  await store.again();
  expect(measures(there())).toEqual(['L9', 'L1']);
});
