import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { type Course, type CourseKind, type CourseParts, type CourseWrite, partKey } from '#shared/course/course.ts';
import { imageSetId } from '#shared/course/key-images.ts';
import { AppError } from '#shared/errors.ts';
import { useClient } from '../client/index.ts';

/** One part as it shall be; null takes it away. */
export type CourseChange = { [K in CourseKind]: { kind: K; id: string; body: CourseParts[K] | null } }[CourseKind];

const partOf = (course: Course, kind: CourseKind, id: string): unknown => {
  if (kind === 'plan') return course.revisions[partKey(kind, id)] === undefined ? null : course.plan;
  if (kind === 'end') return course.end;
  if (kind === 'outcome') return course.outcome;
  if (kind === 'assessment') {
    return course.assessments.find((one) => `${one.timePointId}/${one.criterion}` === id) ?? null;
  }
  if (kind === 'images') return course.images.find((one) => imageSetId(one) === id) ?? null;
  const lists = {
    lesion: course.lesions,
    'time-point': course.timePoints,
    cycle: course.cycles,
    'co-therapy': course.coTherapies,
  };
  return lists[kind].find((one) => one.id === id) ?? null;
};

/** Pure: what brings the parts of a change back to what they are now. */
export const inverseOf = (course: Course, changes: readonly CourseChange[]): CourseChange[] =>
  changes.map(({ kind, id }) => ({ kind, id, body: partOf(course, kind, id) }) as CourseChange).reverse();

/** Pure: measures as they will be, shown before they are kept, so that the next cell is entered beside them and not over them. */
export const withMeasures = (course: Course, changes: readonly CourseChange[]): Course => ({
  ...course,
  timePoints: course.timePoints.map(
    (point) =>
      changes
        .flatMap((one) => (one.kind === 'time-point' && one.id === point.id && one.body ? [one.body] : []))
        .at(-1) ?? point,
  ),
});

/** The course on screen. Every change is kept at once, so there is nothing to lose; undo keeps what was before. */
export const useCourseStore = defineStore('course', () => {
  const client = useClient();
  const course = shallowRef<Course>();
  /** Why this closed course is being changed; undefined while it is only read. */
  const amendment = shallowRef<string>();
  const past = shallowRef<readonly CourseChange[][]>([]);
  const future = shallowRef<readonly CourseChange[][]>([]);
  /** Undo and redo are the course's while its page is there. */
  const isShown = shallowRef(false);

  const isClosed = computed(() => course.value?.outcome != null);
  const isEditable = computed(() => course.value !== undefined && (!isClosed.value || amendment.value !== undefined));

  /** As the records have it: what is shown again where a change was not kept. */
  let kept: Course | undefined;
  /** How often a change was not kept: what was entered upon it is not kept either. */
  let failures = 0;

  const show = (next: Course | undefined) => {
    kept = next;
    if (next?.caseId !== course.value?.caseId) {
      past.value = [];
      future.value = [];
      amendment.value = undefined;
    }
    course.value = next;
  };

  const isOnScreen = (caseId: string) => course.value?.caseId === caseId;

  /** The case that was asked for last: an answer about another one comes too late. */
  let wanted: string | undefined;
  const load = async (caseId: string) => {
    wanted = caseId;
    if (!isOnScreen(caseId)) show(undefined);
    const next = await client.call('course.get', { caseId });
    if (wanted === caseId) show(next);
  };

  /** Where a change belongs: the course that it was entered in, whichever is on screen by the time that it is sent. */
  interface Place {
    readonly caseId: string;
    readonly amendment: string | undefined;
  }
  const placeOf = ({ caseId }: Course): Place => ({ caseId, amendment: amendment.value });

  const send = async (changes: readonly CourseChange[], { caseId, amendment: reason }: Place): Promise<void> => {
    const { value } = course;
    const { revisions } = value?.caseId === caseId ? value : await client.call('course.get', { caseId });
    const writes = changes.map(
      (change) => ({ ...change, base: revisions[partKey(change.kind, change.id)] ?? null }) as CourseWrite,
    );
    try {
      const next = await client.call('course.write', { caseId, writes, ...(reason ? { amendment: reason } : {}) });
      if (course.value?.caseId !== caseId) return;
      kept = next;
      // What waits to be kept stays on screen.
      course.value = waiting > 1 ? { ...next, timePoints: course.value.timePoints } : next;
    } catch (error) {
      failures += 1;
      if (isOnScreen(caseId)) {
        course.value = kept;
        // What another window made of it is shown before anybody changes it again.
        if (error instanceof AppError && error.code === 'course-changed') await load(caseId);
      }
      throw error;
    }
  };

  /** How many changes are not kept yet. */
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** One after the other: each names the entries that it was made from. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const result = queue.then(work);
    queue = result
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1;
      });
    return result;
  };

  const write = async (changes: readonly CourseChange[]): Promise<void> => {
    const { value } = course;
    if (!value) return;
    const inverse = inverseOf(value, changes);
    const before = failures;
    const place = placeOf(value);
    course.value = withMeasures(value, changes);
    await inTurn(async () => {
      if (failures !== before)
        throw new AppError('course-changed', 'This course has been changed meanwhile. Look again.');
      await send(changes, place);
      if (!isOnScreen(place.caseId)) return;
      past.value = [...past.value, inverse];
      future.value = [];
    });
  };

  const step = (from: typeof past, to: typeof future): Promise<void> =>
    inTurn(async () => {
      const changes = from.value.at(-1);
      const { value } = course;
      if (!changes || !value) return;
      const inverse = inverseOf(value, changes);
      await send(changes, placeOf(value));
      if (!isOnScreen(value.caseId)) return;
      from.value = from.value.slice(0, -1);
      to.value = [...to.value, inverse];
    });

  return {
    course,
    amendment,
    isShown,
    isClosed,
    isEditable,
    canUndo: computed(() => isEditable.value && past.value.length > 0),
    canRedo: computed(() => isEditable.value && future.value.length > 0),
    load,
    leave: () => {
      wanted = undefined;
      show(undefined);
    },
    write,
    undo: () => step(past, future),
    redo: () => step(future, past),
    amend: (reason: string) => {
      amendment.value = reason;
    },
    endAmending: () => {
      amendment.value = undefined;
    },
  };
});
