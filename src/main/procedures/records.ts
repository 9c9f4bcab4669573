import { type Actor, nameOfActor } from '../cases/audit/actor.ts';
import { exportRecords } from '../cases/export/export-records.ts';
import type { UnfinishedExports } from '../cases/export/unfinished-exports.ts';
import { importExport } from '../cases/import/import-export.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import type { StudySource } from '../study/records.ts';
import type { DestinationResolver } from './deidentify.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface RecordsHandlerOptions {
  vault: Vault;
  actor: () => Actor;
  changed: () => void;
  jobs: Jobs;
  resolveDestination: DestinationResolver;
  /** A host may give paths of its own a meaning. */
  resolveSource: (path: string) => StudySource;
  appVersion: string;
  unfinished: Pick<UnfinishedExports, 'begin'>;
}

export const recordsHandlers = ({
  vault,
  actor,
  changed,
  jobs,
  resolveDestination,
  resolveSource,
  appVersion,
  unfinished,
}: RecordsHandlerOptions): HandlersOf<'records'> => {
  const andTell = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      // Also what failed may have changed how the history stands: it may have been found damaged.
      changed();
    }
  };
  /** What fails since the history was locked meanwhile says that, and not that it is damaged. */
  const whileOpen = async <T>(work: (store: RecordsStore) => Promise<T>): Promise<T> => {
    const store = vault.store();
    try {
      return await work(store);
    } catch (error) {
      vault.store();
      throw error;
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
          whileOpen((store) =>
            store.check({
              scope,
              actor: actor(),
              signal,
              onStep: ({ done, total }) => onProgress('verify', done, total),
            }),
          ),
        ),
      ),
    'records.export': ({ destination, protection, jobId }) =>
      jobs.run(jobId, async ({ signal, onProgress }) => {
        const passphrase = 'passphrase' in protection ? protection.passphrase : undefined;
        const exported = await whileOpen((store) =>
          exportRecords(store, {
            folder: resolveDestination(destination),
            passphrase,
            at: new Date(),
            actor: nameOfActor(actor()),
            installation: vault.installation(),
            appVersion,
            begun: (file) => unfinished.begin(file),
            signal,
            onStep: ({ done, total }) => onProgress('export', done, total),
          }),
        );
        const { cases, bytes, unreadable } = exported;
        const detail = { cases, bytes, encrypted: passphrase !== undefined, lost: unreadable.length };
        vault.note({ action: 'records.exported', caseId: null, detail });
        return exported;
      }),
    'records.import': ({ path, jobId, ...given }) =>
      andTell(
        jobs.run(jobId, ({ signal, onProgress }) =>
          whileOpen((store) =>
            importExport(store, {
              ...given,
              path: resolveSource(path).path,
              passphrase: given.passphrase,
              actor: actor(),
              signal,
              onStep: ({ done, total }) => onProgress('import', done, total),
            }),
          ),
        ),
      ),
    'records.salvage': async () => {
      const salvaged = await andTell(vault.salvage(actor()));
      return { status: vault.status(), ...salvaged };
    },
  };
};
