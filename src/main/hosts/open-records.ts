import type { Application, ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Opens the case history with a passphrase, or begins one. Throws where the passphrase does not fit or the history cannot
 * be opened. The recovery key comes with a new history only.
 */
export const openRecords = async (application: Application, passphrase: string): Promise<{ recoveryKey?: string }> => {
  const status = (await application.call('records.status', {})) as ProcedureOutput<'records.status'>;
  if (status.state === 'open') return {};
  if (status.state === 'unavailable') {
    throw new AppError(status.code ?? 'records-unavailable', status.message ?? 'The case history cannot be opened.');
  }
  if (status.state === 'locked') {
    await application.call('records.unlock', { passphrase });
    return {};
  }
  const created = (await application.call('records.create', { passphrase })) as ProcedureOutput<'records.create'>;
  return { recoveryKey: created.recoveryKey };
};
