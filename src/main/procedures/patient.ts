import type { PatientCase } from '#shared/cases/patient-cases.ts';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../cases/audit/actor.ts';
import { goneBy } from '../cases/backup/backup-names.ts';
import type { BackupService } from '../cases/backup/backup-service.ts';
import type { Vault } from '../cases/vault.ts';
import type { StudyService } from '../study/service.ts';
import type { CallOptions } from '../workers/client.ts';
import type { Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface PatientHandlerOptions {
  vault: Vault;
  studies: Pick<StudyService, 'close'>;
  session: Session;
  backups: Pick<BackupService, 'status'>;
  jobs: Jobs;
  actor: () => Actor;
  changed: () => void;
}

type PatientProcedure = 'cases.ofPatient' | 'cases.erasePatient';

const notOfPatient = (): AppError =>
  new AppError(
    'not-of-patient',
    'What is kept of this patient is not what was shown: a case came or went since, or one is of somebody else. Nothing was erased. Look again, then erase.',
  );

/** What is kept of a patient, and taking all of it away. */
export const patientHandlers = ({
  vault,
  studies,
  session,
  backups,
  jobs,
  actor,
  changed,
}: PatientHandlerOptions): Pick<HandlersOf<'cases'>, PatientProcedure> => {
  const found = async (id: string, { signal, onProgress }: Required<CallOptions>) => {
    const { study, updatedAt, trashedAt } = vault.store().get(id);
    const { patient, studyInstanceUID, studyDate } = study;
    const onStep = ({ done, total }: { done: number; total: number }) => onProgress('patient', done, total);
    const { cases, unreadable } = await vault.store().ofPatient(patient, { signal, onStep });
    const day = studyDate === undefined ? {} : { studyDate };
    const itself: PatientCase = { id, match: 'certain', patient, studyInstanceUID, ...day, updatedAt, trashedAt };
    return { cases: [itself, ...cases.filter((one) => one.id !== id)], unreadable };
  };
  return {
    'cases.ofPatient': ({ id, jobId }) =>
      jobs.run(jobId, async (options) => {
        const names = (await backups.status()).backups.map(({ name }) => name);
        const there = { count: names.length, goneBy: goneBy(names) };
        return { ...(await found(id, options)), backups: there, aside: vault.putAside() };
      }),
    'cases.erasePatient': ({ id, caseIds, jobId }) =>
      jobs.run(jobId, async (options) => {
        const { cases } = await found(id, options);
        const wanted = [...new Set(caseIds)];
        const isTheirs = wanted.every((one) => cases.some((kept) => kept.id === one));
        // One that was saved since would be left, though everything was to go.
        const isAll = cases.every(({ id: kept, match }) => match !== 'certain' || wanted.includes(kept));
        if (!isTheirs || !isAll) throw notOfPatient();
        const store = vault.store();
        const uids = new Set(cases.flatMap((one) => (wanted.includes(one.id) ? one.studyInstanceUID : [])));
        store.erasePatient(wanted, actor());
        const closed = session.forget(new Set(wanted), uids);
        for (const openId of closed) await studies.close(openId);
        changed();
        return { cases: wanted.length, closed };
      }),
  };
};
