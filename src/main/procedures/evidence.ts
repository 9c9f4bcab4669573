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

/** Of two readers at once each goes through its own. */
const EDITIONS = 2;

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
  /** Of the history that is open, newest first: locked, nothing of it is left here. */
  const editions = new WeakMap<object, readonly Edition[]>();
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
      const without = covered();
      if (from === 0) {
        const read = await readRows(store, jobId, without);
        editionsRead++;
        const next = { ...read, number: editionsRead, without: namesOf(without) };
        // A window may still be going through the one before.
        editions.set(store, [next, ...(editions.get(store) ?? [])].slice(0, EDITIONS));
      }
      const held = editions.get(store) ?? [];
      const asked = from === 0 || edition === undefined ? held[0] : held.find(({ number }) => number === edition);
      if (asked?.without !== namesOf(covered())) throw outdated();
      const { rows, simulated, unreadable, inStudy, number } = asked;
      return {
        rows: rows.slice(from, from + PAGE),
        total: rows.length,
        edition: number,
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
