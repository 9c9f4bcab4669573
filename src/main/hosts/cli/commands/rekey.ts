import { randomUUID } from 'node:crypto';
import { handOverRecoveryKey } from '../../hand-over-recovery-key.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import type { Terminal } from '../terminal.ts';

export interface RekeyOptions {
  /** Where the recovery key is written; must be a new file. */
  recoveryKeyFile?: string | undefined;
}

/** Gives the history a new key. Its recovery key is handed over before it holds, so that nobody is ever without one. */
export const rekey = async (
  call: Call,
  { current, passphrase }: { current: string; passphrase: string | undefined },
  { recoveryKeyFile }: RekeyOptions,
  terminal: Terminal,
): Promise<void> => {
  const { recoveryKey } = await call('records.newRecoveryKey', { current });
  handOverRecoveryKey(recoveryKey, { file: recoveryKeyFile, note: (line) => terminal.note(line) });
  const jobId = randomUUID();
  try {
    await interruptible((signal) => {
      signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
      return call('records.rekey', { current, ...(passphrase ? { passphrase } : {}), recoveryKey, jobId });
    });
  } catch (error) {
    terminal.note('That recovery key never held: what opened the case history before still does.');
    throw error;
  }
  terminal.result(
    passphrase
      ? 'The case history has a new key: the new passphrase and this recovery key open it, those before do not.'
      : 'The case history has a new key: the passphrase and this recovery key open it, the recovery key before does not.',
  );
};
