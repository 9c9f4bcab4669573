import { type ReaderStudy, type ReadingKind, type StudyReader, stepOf } from '#shared/readers/reader-study.ts';
import type { StudySummary } from '#shared/readers/reading-case.ts';
import type { Actor } from '../cases/audit/actor.ts';
import { readerIn } from '../cases/readers/covered-cases.ts';
import type { RecordsStore } from '../cases/records-store.ts';

type State = StudySummary['readers'][number]['state'];

/** How far a study is, as anybody may know: who read how many of its cases, and nothing of what they said. */
export const studySummary = (
  store: Pick<RecordsStore, 'progressOf' | 'lockedIn' | 'madeUp'>,
  study: ReaderStudy,
  actor: Actor,
): StudySummary => {
  const { finished, ended } = store.progressOf(study);
  const locked = Map.groupBy(store.lockedIn(study.id), ({ reader }) => reader);
  const stateOf = ({ key, left }: StudyReader): State =>
    left !== null ? 'left' : finished.has(key) ? 'finished' : 'reading';
  const doneBy = ({ key }: StudyReader): number => {
    const kinds = Map.groupBy(locked.get(key) ?? [], ({ caseId }) => caseId);
    const isDone = (found: readonly { kind: ReadingKind }[]) =>
      stepOf(study, new Set(found.map(({ kind }) => kind))) === 'done';
    return [...kinds.values()].filter(isDone).length;
  };
  const you = readerIn(study, actor);
  const madeUp = new Set(store.madeUp());
  const { id, name, criterion, readings, threshold, begunAt, begunBy, closed, cases, readers } = study;
  return {
    ...{ id, name, criterion, readings, threshold, begunAt, begunBy, closed },
    cases: cases.length,
    simulated: cases.some(({ caseId }) => madeUp.has(caseId)),
    ended,
    readers: readers.map((one) => ({ name: one.name, done: doneBy(one), state: stateOf(one) })),
    you: you ? stateOf(you) : 'none',
  };
};
