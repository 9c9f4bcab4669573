import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import { type ExportedCase, type ExportKind, exportKindSchema, exportKinds } from '#shared/report/export-kinds.ts';
import words from '#shared/words/en/export-case.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import type { Terminal } from '../terminal.ts';

export const kindsOf = (list: string): ExportKind[] => {
  const names = list.split(',').map((name) => name.trim());
  return names.map((name) => {
    const kind = exportKindSchema.safeParse(name);
    if (kind.success) return kind.data;
    throw new AppError('usage', `A case can be exported as ${exportKinds.join(', ')}; not as "${name}".`);
  });
};

/** A case as objects, into the folder that the host resolves. */
export const exportOneCase = (
  call: Call,
  id: string,
  { as, research = false }: { as: ExportKind[]; research?: boolean | undefined },
): Promise<ExportedCase> => {
  const jobId = randomUUID();
  return interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    return call('cases.export', { id, as, research, destination: 'out', jobId });
  });
};

export const showExportedCase = ({ files, folder, notMade, namesImages }: ExportedCase, terminal: Terminal): void => {
  if (folder !== '') terminal.note(`The folder was not empty: into ${folder} in it.`);
  for (const { name, bytes } of files) terminal.result(`${name} (${bytes} bytes)`);
  for (const { kind, reason } of notMade) terminal.note(`not made: ${kind}: ${words.reasons[reason]}`);
  if (!namesImages) {
    terminal.note(words.noImages);
  }
};
