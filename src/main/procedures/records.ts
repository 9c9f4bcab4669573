import type { Vault } from '../cases/vault.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface RecordsHandlerOptions {
  vault: Vault;
  actor: () => string;
  changed: () => void;
  jobs: Jobs;
}

export const recordsHandlers = ({ vault, actor, changed, jobs }: RecordsHandlerOptions): HandlersOf<'records'> => {
  const andTell = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      // Also what failed may have changed how the history stands: it may have been found damaged.
      changed();
    }
  };
  return {
    'records.status': () => vault.status(),
    'records.create': ({ passphrase }) => andTell(vault.create({ passphrase })),
    'records.unlock': (secrets) => andTell(vault.unlock(secrets)),
    'records.untoldRecoveryKey': ({ kept }) => ({ recoveryKey: vault.untoldRecoveryKey(kept) ?? null }),
    'records.lock': () => andTell(vault.lock()),
    'records.newRecoveryKey': async (known) => ({ recoveryKey: await vault.newRecoveryKey(known) }),
    'records.rekey': ({ jobId, ...keys }) =>
      andTell(
        jobs.run(jobId, ({ signal, onProgress }) =>
          vault.rekey(keys, { signal, onStep: ({ done, total }) => onProgress('rekey', done, total) }),
        ),
      ),
    'records.verify': ({ scope, jobId }) =>
      andTell(
        jobs.run(jobId, ({ signal, onProgress }) =>
          vault.store().check({
            scope,
            actor: actor(),
            signal,
            onStep: ({ done, total }) => onProgress('verify', done, total),
          }),
        ),
      ),
    'records.salvage': async () => {
      const salvaged = await andTell(vault.salvage(actor()));
      return { status: vault.status(), ...salvaged };
    },
  };
};
