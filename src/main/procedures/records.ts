import type { Vault } from '../cases/vault.ts';
import type { HandlersOf } from './handlers.ts';

export interface RecordsHandlerOptions {
  vault: Vault;
  actor: () => string;
  changed: () => void;
}

export const recordsHandlers = ({ vault, actor, changed }: RecordsHandlerOptions): HandlersOf<'records'> => {
  const andTell = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    changed();
    return result;
  };
  return {
    'records.status': () => vault.status(),
    'records.create': ({ passphrase }) => andTell(vault.create({ passphrase })),
    'records.unlock': (secrets) => andTell(vault.unlock(secrets)),
    'records.untoldRecoveryKey': ({ kept }) => ({ recoveryKey: vault.untoldRecoveryKey(kept) ?? null }),
    'records.lock': () => andTell(vault.lock()),
    'records.setPassphrase': (change) => andTell(vault.setPassphrase(change)),
    'records.verify': () => andTell(vault.store().check()),
    'records.salvage': async () => {
      const salvaged = await andTell(vault.salvage(actor()));
      return { status: vault.status(), ...salvaged };
    },
  };
};
