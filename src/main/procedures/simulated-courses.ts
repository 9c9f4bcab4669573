import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { Vault } from '../cases/vault.ts';
import { keepInTurn } from './closed-courses.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface SimulatedCourseOptions {
  vault: Vault;
  jobs: Jobs;
  actor: () => Actor;
  changed: () => void;
}

type SimulatedProcedure = 'course.simulated' | 'course.loadSimulated' | 'course.removeSimulated';

/** The demonstration history: loaded by one button and removed by one. Removed, it lies in the trash and comes back from there. */
export const simulatedCourseHandlers = ({
  vault,
  jobs,
  actor,
  changed,
}: SimulatedCourseOptions): Pick<HandlersOf<'course'>, SimulatedProcedure> => {
  const trashAll = (ids: readonly string[]) => vault.store().trashAll(ids, actor());
  const keepAll = (jobId: string) =>
    jobs.run(jobId, (options) =>
      keepInTurn(vault.store(), simulatedCourses(), actor(), { ...options, phase: 'history' }),
    );
  return {
    'course.simulated': () => ({ cases: vault.store().simulated(false).length }),
    'course.loadSimulated': async ({ jobId }) => {
      const before = vault.store().simulated(true);
      vault.store().restoreAll(before, actor());
      const isThere = before.length > 0 || vault.store().simulated(false).length > 0;
      try {
        if (!isThere) await keepAll(jobId);
      } finally {
        changed();
      }
      return { cases: vault.store().simulated(false).length };
    },
    'course.removeSimulated': () => {
      const ids = vault.store().simulated(false);
      trashAll(ids);
      changed();
      return { cases: ids.length };
    },
  };
};
