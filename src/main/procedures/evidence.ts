import { criterionNames } from '#shared/clinical/response/timeline.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { Vault } from '../cases/vault.ts';
import type { EvidenceRows, ReadRows } from '../evidence/evidence-rows.ts';
import { adoptRecalibration, keptRecalibrations, withdrawRecalibration } from '../evidence/recalibration.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

/** As many as cross to the page at once without holding either side. */
const PAGE = 1_000;

const outdated = () =>
  new AppError(
    'evidence-changed',
    'The closed courses were changed while they were being read for the evidence. Open the page again to read them anew.',
  );

interface Edition extends ReadRows {
  readonly number: number;
  /** What was left out of it: it is for whoever may not be told of just that. */
  readonly without: string;
}

export interface EvidenceHandlerOptions {
  vault: Vault;
  jobs: Jobs;
  evidence: EvidenceRows;
  actor: () => Actor;
  changed: () => void;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

const namesOf = ({ caseIds }: Covered): string => [...caseIds].toSorted().join(' ');

export const evidenceHandlers = ({
  vault,
  jobs,
  evidence,
  actor,
  changed,
  covered,
}: EvidenceHandlerOptions): Omit<HandlersOf<'evidence'>, 'evidence.neighbours'> => {
  /** Of the history that is open: locked, nothing of it is left here. */
  const editions = new WeakMap<object, Edition>();
  let editionsRead = 0;
  const readRows = (store: ReturnType<Vault['store']>, jobId: string, without?: Covered): Promise<ReadRows> =>
    jobs.run(jobId, ({ signal, onProgress }) =>
      evidence.read(
        store,
        { signal, onStep: ({ done, total }) => onProgress('evidence', done, total) },
        without?.caseIds,
      ),
    );
  return {
    'evidence.rows': async ({ from, edition, jobId }) => {
      const store = vault.store();
      if (from === 0) {
        const without = covered();
        const read = await readRows(store, jobId, without);
        editionsRead++;
        editions.set(store, { ...read, number: editionsRead, without: namesOf(without) });
      }
      const last = editions.get(store);
      const isOwn = last?.without === namesOf(covered());
      if (!last || !isOwn || (edition !== undefined && edition !== last.number)) throw outdated();
      const { rows, simulated, unreadable, inStudy } = last;
      return {
        rows: rows.slice(from, from + PAGE),
        total: rows.length,
        edition: last.number,
        simulated,
        unreadable,
        inStudy,
      };
    },
    'evidence.recalibrations': () => {
      const open = vault.status().state === 'open';
      return { kept: open ? keptRecalibrations(vault.store()) : [] };
    },
    'evidence.recalibrate': async ({ model, criterion, jobId }) => {
      const [by, store] = [actor(), vault.store()];
      const kept = adoptRecalibration(store, await readRows(store, jobId), { model, criterion }, by);
      changed();
      return { kept };
    },
    'evidence.withdraw': ({ model, criterion, simulated }) => {
      const of = { model, criterion: criterionNames[criterion], simulated };
      const kept = withdrawRecalibration(vault.store(), of, actor());
      changed();
      return { kept };
    },
  };
};
