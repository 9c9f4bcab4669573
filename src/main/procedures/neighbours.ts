/** Closed cases that are like one: whose it is, and what they are compared by, is gathered here. */
import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { AppError } from '#shared/errors.ts';
import { type Asked, neighboursOf } from '#shared/evidence/neighbours/neighbours.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { coveredBy } from '../cases/board/board-model.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import type { EvidenceRows } from '../evidence/evidence-rows.ts';
import { manifestOf } from '../reports/gather-report.ts';
import type { StudyService } from '../study/service.ts';
import type { Session } from './draft.ts';
import type { Handlers } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { predictionAtHand } from './prediction-at-hand.ts';

export interface NeighbourHandlerOptions {
  vault: Pick<Vault, 'store'>;
  session: Session;
  studies: Pick<StudyService, 'study' | 'source'>;
  jobs: Jobs;
  evidence: EvidenceRows;
  manifests: () => Promise<readonly ModelManifest[]>;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

type Whose = Omit<Asked, 'prediction'>;
interface Opened {
  openId: string;
  studyInstanceUID: string;
}

const ofCase = (store: RecordsStore, caseId: string, prediction: Prediction): Whose => {
  const saved = store.get(caseId);
  const { studyInstanceUID, patient } = saved.study;
  return {
    person: { caseId, studyInstanceUID, patientId: patient.patientId, issuer: patient.issuer ?? '' },
    simulated: isSimulatedCase(saved),
    covered: coveredBy(store, caseId, prediction.id).length > 0,
  };
};

export const neighbourHandlers = (options: NeighbourHandlerOptions): Handlers<'evidence.neighbours'> => {
  const { vault, session, studies, jobs, evidence, manifests, covered } = options;

  /** Not kept yet: no list of a board can have it. */
  const ofOpened = ({ openId, studyInstanceUID }: Opened): Whose => {
    const { patient } = studies.study(openId, studyInstanceUID);
    return {
      person: { caseId: undefined, studyInstanceUID, patientId: patient.patientId, issuer: patient.issuer ?? '' },
      simulated: studies.source(openId).kind === 'demo',
      covered: false,
    };
  };

  return {
    'evidence.neighbours': async ({ predictionId, caseId, opened, jobId }) => {
      const store = vault.store();
      const prediction = predictionAtHand({ session, vault }, predictionId, caseId);
      const whose =
        caseId !== undefined ? ofCase(store, caseId, prediction) : opened === undefined ? undefined : ofOpened(opened);
      if (!whose) throw new AppError('no-study', 'This study is not part of what is open. Open it again.');
      const asked = { ...whose, prediction };
      const manifest = manifestOf(await manifests(), prediction);
      const { caseIds } = covered();
      const candidates = await jobs.run(jobId, ({ signal, onProgress }) =>
        evidence.candidates(
          store,
          { signal, onStep: ({ done, total }) => onProgress('evidence', done, total) },
          caseIds,
        ),
      );
      return neighboursOf(asked, candidates, manifest);
    },
  };
};
