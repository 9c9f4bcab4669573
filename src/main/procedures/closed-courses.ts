import { setImmediate } from 'node:timers/promises';
import type { CaseCursor } from '#shared/cases/case.ts';
import type { CaseWithoutImages } from '#shared/course/without-images.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { CallOptions } from '../workers/client.ts';

/** As many as one page of the list gives. */
const PAGE = 500;

/**
 * Ids of the closed courses of this hospital; those of made-up patients, the demonstration's own one too, only where there are
 * no others. Made-up patients and real ones are never in one table.
 */
export const closedCourses = (store: RecordsStore): { ids: string[]; simulated: boolean } => {
  const madeUp = new Set(store.madeUp());
  const found: { id: string; simulated: boolean }[] = [];
  let after: CaseCursor | undefined;
  do {
    const { cases, next } = store.list({ course: 'closed', limit: PAGE, ...(after ? { after } : {}) });
    found.push(...cases.map(({ id }) => ({ id, simulated: madeUp.has(id) })));
    after = next ?? undefined;
  } while (after);
  const simulated = found.length > 0 && found.every((one) => one.simulated);
  return { ids: found.filter((one) => one.simulated === simulated).map(({ id }) => id), simulated };
};

/** As many as are kept before somebody else is heard. */
const AT_ONCE = 20;

/** Keeps cases a few at a time, so that the window answers meanwhile; cancelled, it leaves none. Answers their ids. */
export const keepInTurn = async (
  store: RecordsStore,
  cases: readonly CaseWithoutImages[],
  actor: Actor,
  { signal, onProgress, phase }: Required<CallOptions> & { phase: string },
): Promise<string[]> => {
  const kept: string[] = [];
  for (let first = 0; first < cases.length; first += AT_ONCE) {
    onProgress(phase, first, cases.length);
    await setImmediate();
    if (signal.aborted) {
      store.trashAll(kept, actor);
      signal.throwIfAborted();
    }
    kept.push(...store.keepWithoutImages(cases.slice(first, first + AT_ONCE), actor));
  }
  return kept;
};
