import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { type Course, type CourseWrite, partKey } from '#shared/course/course.ts';
import { AppError } from '#shared/errors.ts';
import { useClient } from '../client/index.ts';
import { type CourseChange, type Step, stepsOf, takenBack, turned } from './course-steps.ts';

export type { CourseChange } from './course-steps.ts';

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
  const past = shallowRef<readonly Step[][]>([]);
  const future = shallowRef<readonly Step[][]>([]);
  /** What was entered and could not be kept, to be tried again. */
  const unkept = shallowRef<readonly Step[][]>([]);
  /** What a command asks the page of the course to show; it takes it from here. */
  const asked = shallowRef<'time-point' | 'cycle' | 'history'>();
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
      unkept.value = [];
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

  /** @param options `undoable` false: what the page adds by itself is no step that a person takes back */
  const write = async (changes: readonly CourseChange[], { undoable = true } = {}): Promise<void> => {
    const { value } = course;
    if (!value) return;
    const steps = stepsOf(value, changes);
    const before = failures;
    const place = placeOf(value);
    course.value = withMeasures(value, changes);
    await inTurn(async () => {
      if (failures !== before)
        throw new AppError('course-changed', 'This course has been changed meanwhile. Look again.');
      await send(changes, place);
      if (!undoable || !isOnScreen(place.caseId)) return;
      past.value = [...past.value, steps];
      future.value = [];
    });
  };

  /** As `write`; what could not be kept is remembered, since nothing but the page has it. */
  const enter = async (changes: readonly CourseChange[]): Promise<void> => {
    const { value } = course;
    if (!value) return;
    const steps = stepsOf(value, changes);
    try {
      await write(changes);
    } catch (error) {
      if (isOnScreen(value.caseId)) unkept.value = [...unkept.value, steps];
      throw error;
    }
  };

  /** Enters what could not be kept once more, beside what is there by now. */
  const again = async (): Promise<void> => {
    const waits = unkept.value;
    unkept.value = [];
    const outcomes = await Promise.allSettled(
      waits.map((steps) => (course.value ? enter(takenBack(course.value, turned(steps))) : undefined)),
    );
    // After all of them: one that fails once more waits beside the others.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };

  const step = (from: typeof past, to: typeof future): Promise<void> =>
    inTurn(async () => {
      const steps = from.value.at(-1);
      const { value } = course;
      if (!steps || !value) return;
      await send(takenBack(value, steps), placeOf(value));
      if (!isOnScreen(value.caseId)) return;
      from.value = from.value.slice(0, -1);
      to.value = [...to.value, turned(steps)];
    });

  return {
    course,
    amendment,
    asked,
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
    enter,
    again,
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
