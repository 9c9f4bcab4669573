/** What is asked about a result and kept nowhere: other clinical values, and the closed cases that are like this one. */
import { shallowRef, watch } from 'vue';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { Neighbourhood } from '#shared/evidence/neighbours/neighbours.ts';
import type { WhatIf } from '#shared/model/what-if.ts';
import { useClient } from '../../client/index.ts';
import { useAttempt } from '../../composables/use-attempt.ts';
import { useAppStore } from '../../stores/app.ts';
import { useCaseStore } from '../../stores/case.ts';
import { useJobsStore } from '../../stores/jobs.ts';

/** Of several questions only the newest is answered: what comes later of an earlier one is of values that are no longer on screen. */
const newest = <T>() => {
  const answer = shallowRef<T>();
  const { busy, failure, attempt } = useAttempt();
  let asked = 0;
  const forget = () => {
    asked += 1;
    answer.value = undefined;
    failure.value = '';
  };
  const ask = async (question: () => Promise<T>) => {
    forget();
    const turn = asked;
    await attempt(async () => {
      try {
        const found = await question();
        if (turn === asked) answer.value = found;
      } catch (error) {
        if (turn === asked) throw error;
      }
    });
  };
  return { answer, busy, failure, ask, forget };
};

export const useWhatIf = () => {
  const client = useClient();
  const current = useCaseStore();
  const jobs = useJobsStore();
  const { answer, busy, failure, ask, forget } = newest<WhatIf>();
  let job: string | undefined;

  const askWith = (factors: FactorValues) => {
    const { opened, study, prediction, edit, savedCase } = current;
    if (!opened || !study || !prediction) return;
    // What is being computed is of values that were changed since.
    if (job !== undefined) void jobs.cancel(job);
    void ask(() =>
      jobs.run('whatIf', (jobId) => {
        job = jobId;
        return client.call('prediction.whatIf', {
          jobId,
          predictionId: prediction.id,
          ...(savedCase ? { caseId: savedCase.id } : {}),
          openId: opened.openId,
          studyInstanceUID: study.studyInstanceUID,
          roles: edit.roles,
          lesions: edit.lesions,
          shifts: edit.shifts,
          indexLesionId: prediction.indexLesionId,
          factors,
        });
      }),
    );
  };
  return { answer, busy, failure, ask: askWith, end: forget };
};

export const useNeighbours = () => {
  const client = useClient();
  const app = useAppStore();
  const current = useCaseStore();
  const jobs = useJobsStore();
  const { answer, busy, failure, ask, forget } = newest<Neighbourhood>();
  const isLooking = shallowRef(false);

  const look = () => {
    const { opened, study, prediction, savedCase } = current;
    if (!isLooking.value || !study || !prediction || app.records.state !== 'open') {
      forget();
      return;
    }
    void ask(() =>
      jobs.run('neighbours', (jobId) =>
        client.call('evidence.neighbours', {
          jobId,
          predictionId: prediction.id,
          ...(savedCase ? { caseId: savedCase.id } : {}),
          ...(opened ? { opened: { openId: opened.openId, studyInstanceUID: study.studyInstanceUID } } : {}),
        }),
      ),
    );
  };
  /** Another prediction has other neighbours, and so have records that were changed. */
  watch([isLooking, () => current.prediction?.id, () => current.savedCase?.id, () => app.records], look);
  return { answer, busy, failure, isLooking };
};
