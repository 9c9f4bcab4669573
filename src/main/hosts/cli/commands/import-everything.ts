import { randomUUID } from 'node:crypto';
import { type ImportResult, importStates } from '#shared/cases/import.ts';
import type { Call } from '../client.ts';
import { interruptible } from '../interruptible.ts';
import { type Terminal, table } from '../terminal.ts';

export interface ImportCommandOptions {
  case: string[];
  yes?: boolean;
}

/** A dry run unless `yes`. */
export const importEverything = (
  call: Call,
  path: string,
  { case: only, yes }: ImportCommandOptions,
  passphrase: string | undefined,
): Promise<ImportResult> => {
  const jobId = randomUUID();
  return interruptible((signal) => {
    signal.addEventListener('abort', () => void call('job.cancel', { jobId }));
    const secret = passphrase === undefined ? {} : { passphrase };
    const some = only.length > 0 ? { only } : {};
    return call('records.import', { path, ...secret, ...some, dryRun: yes !== true, jobId });
  });
};

const WORDS = {
  new: 'not here',
  same: 'here, exactly so',
  different: 'here, and different: it stays as it is here',
  trashed: 'here, in the trash: it stays there until it is restored',
  erased: 'erased here: it stays away',
} as const;

export const showImported = (found: ImportResult, { yes }: ImportCommandOptions, terminal: Terminal): void => {
  terminal.result(
    `Export of ${found.exportedAt} by ${found.by}, installation ${found.from}, haicast ${found.appVersion}`,
  );
  const rows = found.cases.map(({ id, state, studyKept }) => [
    id,
    WORDS[state],
    studyKept ? 'another case of this study is here' : '',
  ]);
  terminal.result(table(['case', 'here', 'note'], rows));
  const counts = importStates.map((state) => [state, found.counts[state]] as const).filter(([, n]) => n > 0);
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  if (all > rows.length) {
    terminal.result(
      `The first ${rows.length} of ${all} cases. ${counts.map(([state, n]) => `${n} ${WORDS[state]}`).join('; ')}.`,
    );
  }
  for (const id of found.unreadable) terminal.note(`not in the export, since it could not be read there: case ${id}`);
  if (yes) terminal.result(`Taken over: ${found.kept.length} cases.`);
  else terminal.note('Nothing was taken over. --yes takes over those that are not here.');
};
