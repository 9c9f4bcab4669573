import { randomUUID } from 'node:crypto';
import type { ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import type { Terminal } from '../terminal.ts';

type Exported = ProcedureOutput<'records.export'>;

/** Everything of the history, into the folder that the host resolves; plain only where that was said. */
export const exportEverything = (
  call: Call,
  { plain, passphrase }: { plain: boolean | undefined; passphrase: string | undefined },
): Promise<Exported> => {
  if (plain === true && passphrase !== undefined) {
    throw new AppError('usage', '--plain and HAICAST_EXPORT_PASSPHRASE contradict each other. Leave one of them out.');
  }
  if (plain !== true && passphrase === undefined) {
    throw new AppError(
      'usage',
      'Set HAICAST_EXPORT_PASSPHRASE to encrypt the export, or say --plain: whoever has the file then reads every name in it.',
    );
  }
  const protection = passphrase === undefined ? { plain: true as const } : { passphrase };
  const jobId = randomUUID();
  return interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    return call('records.export', { destination: 'out', protection, jobId });
  });
};

export const showExported = ({ file, cases, pictures, unreadable }: Exported, terminal: Terminal): void => {
  terminal.result(`${file}: ${cases} cases, ${pictures} key images.`);
  for (const id of unreadable) terminal.note(`not in it, since it cannot be read: case ${id}`);
};
