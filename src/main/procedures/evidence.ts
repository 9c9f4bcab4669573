import { AppError } from '#shared/errors.ts';
import type { Vault } from '../cases/vault.ts';
import { EvidenceRows, type ReadRows } from '../evidence/evidence-rows.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

/** As many as cross to the page at once without holding either side. */
const PAGE = 1_000;

const changed = () =>
  new AppError(
    'evidence-changed',
    'The closed courses were changed while they were being read for the evidence. Open the page again to read them anew.',
  );

interface Edition extends ReadRows {
  readonly number: number;
}

export const evidenceHandlers = ({ vault, jobs }: { vault: Vault; jobs: Jobs }): HandlersOf<'evidence'> => {
  const evidence = new EvidenceRows();
  /** Of the history that is open: locked, nothing of it is left here. */
  const editions = new WeakMap<object, Edition>();
  let editionsRead = 0;
  return {
    'evidence.rows': async ({ from, edition, jobId }) => {
      const store = vault.store();
      if (from === 0) {
        const read = await jobs.run(jobId, ({ signal, onProgress }) =>
          evidence.read(store, { signal, onStep: ({ done, total }) => onProgress('evidence', done, total) }),
        );
        editionsRead++;
        editions.set(store, { ...read, number: editionsRead });
      }
      const last = editions.get(store);
      if (!last || (edition !== undefined && edition !== last.number)) throw changed();
      const { rows, simulated, unreadable } = last;
      return { rows: rows.slice(from, from + PAGE), total: rows.length, edition: last.number, simulated, unreadable };
    },
  };
};
