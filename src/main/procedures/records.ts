import type { Vault } from '../cases/vault.ts';
import type { HandlersOf } from './handlers.ts';

export const recordsHandlers = (vault: Vault, changed: () => void): HandlersOf<'records'> => ({
  'records.status': () => vault.status(),
  'records.create': async ({ passphrase }) => {
    const created = await vault.create({ passphrase });
    changed();
    return created;
  },
  'records.unlock': async (secrets) => {
    const status = await vault.unlock(secrets);
    changed();
    return status;
  },
});
