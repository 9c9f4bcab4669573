import { randomUUID } from 'node:crypto';
import type { PatientCases } from '#shared/cases/patient-cases.ts';
import type { Call } from '../client.ts';
import { type Terminal, table } from '../terminal.ts';

export interface ErasePatientOptions {
  /** Cases that were found and are not certain. */
  also: string[];
  yes?: boolean;
}

const WHY = { certain: 'same patient', id: 'same ID only', name: 'same name and birth date only' } as const;

const show = ({ cases, unreadable, backups, aside }: PatientCases, terminal: Terminal): void => {
  // By the case's own id: what a terminal keeps names no patient.
  const rows = cases.map(({ id, studyDate, trashedAt, match }) => [
    id,
    studyDate ?? '',
    trashedAt === null ? 'list' : 'trash',
    WHY[match],
  ]);
  terminal.result(table(['case', 'study', 'where', 'why'], rows));
  if (unreadable > 0) terminal.note(`Cases that cannot be read, so that nobody knows whose they are: ${unreadable}.`);
  if (backups.goneBy !== null) {
    terminal.note(
      `Backups: ${backups.count}. What is in them stays until they are replaced, at the latest on ${backups.goneBy} while backups are made every month. A restore leaves out what was erased.`,
    );
  }
  for (const file of aside) terminal.note(`Put aside, and may hold it; remove it by hand: ${file}`);
};

/** Shows everything of the patient of a case, and with `yes` erases what is certain and what is named beside it. */
export const erasePatient = async (
  call: Call,
  id: string,
  { also, yes }: ErasePatientOptions,
  terminal: Terminal,
): Promise<void> => {
  const found = await call('cases.ofPatient', { id, jobId: randomUUID() });
  show(found, terminal);
  if (!yes) {
    terminal.note(
      'Nothing was erased. --yes erases those of the same patient, --also <case> others of the list, for ever.',
    );
    return;
  }
  const certain = found.cases.filter(({ match }) => match === 'certain').map((one) => one.id);
  const { cases } = await call('cases.erasePatient', { id, caseIds: [...certain, ...also], jobId: randomUUID() });
  terminal.result(`Erased for ever: ${cases} cases.`);
};
