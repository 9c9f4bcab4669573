import type { CaseDraft, CaseQuery, CaseSummary, SavedCase, StoredCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Actor } from '../cases/audit/actor.ts';
import { NO_RESULT } from '../cases/list/no-result.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { CaseToSave } from '../cases/rows/case-to-save.ts';
import type { Vault } from '../cases/vault.ts';
import type { StudySource } from '../study/records.ts';
import type { StudyService } from '../study/service.ts';
import type { DecodeShown } from './decode-shown.ts';
import { inputsText, type Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { imagesToKeep } from './key-images.ts';
import { studyOfCase } from './relink.ts';
import { sourceOfCase } from './source-of-case.ts';

export interface CaseHandlerOptions {
  vault: Vault;
  studies: StudyService;
  session: Session;
  jobs: Jobs;
  /** The demonstration study moves with the application, so its path is looked up anew. */
  demoSource: StudySource;
  /** A host may give paths of its own a meaning. */
  resolveSource: (path: string) => StudySource;
  actor: () => Actor;
  changed: (caseId: string) => void;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
  decodeShown: DecodeShown;
}

/**
 * A prediction comes from this session or from the kept case, and stands for the inputs it was made from: a caller can
 * bring neither one of its own nor another's.
 */
const predictionOf = (
  wanted: string | undefined,
  draft: CaseDraft,
  { session, kept }: { session: Session; kept: SavedCase | undefined },
): Prediction | undefined => {
  if (wanted === undefined) return undefined;
  const made = session.prediction(wanted, draft);
  const known = kept ? [...kept.predictions, ...(kept.comparison ? [kept.comparison] : [])] : [];
  const before = known.find(({ id }) => id === wanted);
  if (!made && !before) {
    throw new AppError('prediction-unknown', 'This prediction is no longer at hand. Predict again, then save.');
  }
  const fits = made
    ? made.fits
    : kept && inputsText(draft) === inputsText({ ...kept, studyInstanceUID: kept.study.studyInstanceUID });
  if (!fits) {
    throw new AppError(
      'prediction-outdated',
      'The roles, lesions, factors or moved series are not the ones that this prediction was made from. Predict again, then save.',
    );
  }
  return made?.prediction ?? before;
};

/** What the records keep of where images came from: a path outlives a session, the rest does not. */
const keptSourceOf = (source: StudySource): CaseToSave['source'] =>
  source.kind === 'path' ? source : { kind: source.kind, path: '' };

/**
 * Does the place of a case in the answer depend on what the model made of it, or what became of it? Words of boards are searched,
 * too. Or would it say whose the images of a reading are, which are known by their UID?
 */
const asksWhatIsCovered = ({ text = '', status, decision, course, sort, studyInstanceUID }: CaseQuery): boolean =>
  studyInstanceUID !== undefined ||
  text.trim() !== '' ||
  status !== undefined ||
  decision !== undefined ||
  course !== undefined ||
  sort?.by === 'probability' ||
  sort?.by === 'model';

/** Who it is, and that it is read in a reader study. */
const withoutResult = ({ course: _course, ...one }: CaseSummary): CaseSummary => ({
  ...one,
  ...NO_RESULT,
  covered: true,
});

const storedOf = ({ id, trashedAt }: SavedCase): StoredCase => ({ id, trashedAt });

export const caseHandlers = (
  options: CaseHandlerOptions,
): Omit<HandlersOf<'cases'>, 'cases.ofPatient' | 'cases.erasePatient' | 'cases.export'> => {
  const { vault, studies, session, jobs, demoSource, resolveSource, actor, changed, covered, decodeShown } = options;

  /** Where the images are and what they are: of the open study, else as the case was kept before. */
  const imagesOf = (draft: CaseDraft, kept: SavedCase | undefined): Pick<CaseToSave, 'source' | 'study'> => {
    if (draft.openId !== undefined) {
      const source = studies.source(draft.openId);
      return {
        source: keptSourceOf(source),
        study: studies.study(draft.openId, draft.studyInstanceUID),
      };
    }
    if (kept && kept.study.studyInstanceUID === draft.studyInstanceUID)
      return { source: kept.source, study: kept.study };
    throw new AppError('nothing-to-save', 'There is no study to save. Open the study, then save.');
  };

  /** Two cases of one study are made by choice only: by accident, each would hold half of what is known. */
  const assertNotKept = ({ caseId, studyInstanceUID }: CaseDraft): void => {
    if (caseId !== undefined) return;
    const [kept] = vault.store().list({ studyInstanceUID, limit: 1 }).cases;
    if (!kept) return;
    throw new AppError(
      'study-kept',
      'This study is kept as a case already. Save into that case, or keep this one as a separate case.',
      { params: { caseId: kept.id, updatedAt: kept.updatedAt } },
    );
  };

  const resolved = (draft: CaseDraft): CaseToSave => {
    const kept = draft.caseId === undefined ? undefined : vault.store().get(draft.caseId);
    // Before anything else is judged: what does not fit may be what somebody else has saved since.
    if (kept) vault.store().assertRevision(kept.id, draft.revision ?? 0);
    const shifts = draft.shifts ?? kept?.shifts ?? [];
    const inputs = { ...draft, shifts };
    const prediction = predictionOf(draft.predictionId, inputs, { session, kept });
    // Beside a prediction of the same inputs, or not at all.
    const comparison = prediction && predictionOf(draft.comparisonId, inputs, { session, kept });
    return {
      ...(kept ? { caseId: kept.id, revision: kept.revision } : {}),
      ...imagesOf(draft, kept),
      ...imagesToKeep(draft.keyImages, session),
      roles: draft.roles,
      lesions: draft.lesions,
      marks: draft.marks ?? kept?.marks ?? [],
      shifts,
      factors: draft.factors,
      baseRate: draft.baseRate ?? null,
      note: draft.note ?? '',
      ...(prediction ? { prediction } : {}),
      ...(draft.modelId === undefined ? {} : { modelId: draft.modelId }),
      ...(comparison ? { comparison } : {}),
    };
  };

  const imagesGone = (detail?: string) =>
    new AppError(
      'images-gone',
      'The images of this case are no longer where they were. The case and its numbers are kept: open the study again to see the images.',
      detail === undefined ? {} : { detail },
    );

  const noImages = () =>
    new AppError(
      'no-images',
      'This case is kept without images: it came from a table, or it is made up for demonstration.',
    );

  return {
    'cases.list': (query) => {
      const { caseIds } = covered();
      const { cases, ...page } = vault.store().list(query, asksWhatIsCovered(query) ? caseIds : undefined);
      return { cases: cases.map((one) => (caseIds.has(one.id) ? withoutResult(one) : one)), ...page };
    },
    'cases.get': ({ id }) => vault.store().get(id),
    'cases.open': ({ id }) => {
      const opened = vault.store().get(id);
      vault.note({ action: 'case.opened', caseId: id, detail: {} });
      return opened;
    },
    'cases.printed': ({ id, as, report }) => {
      vault.note({
        action: 'case.printed',
        caseId: id ?? null,
        detail: { as, ...(report === undefined ? {} : { report }) },
      });
      return { ok: true };
    },
    'cases.save': ({ separate, ...draft }) => {
      if (!separate) assertNotKept(draft);
      const saved = vault.store().save(resolved(draft), actor());
      if (draft.openId !== undefined) session.keepSource(saved.id, studies.source(draft.openId));
      changed(saved.id);
      return saved;
    },
    'cases.openImages': ({ id, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const { source, study, roles } = vault.store().get(id);
        const place = sourceOfCase({ id, source }, { session, demoSource });
        if (source.kind === 'none' || source.kind === 'simulated') throw noImages();
        if (!place) throw imagesGone('handed over by a browser in an earlier session, or elsewhere');
        const opened = await studies.open(place, callOptions).catch((error: unknown) => {
          if (error instanceof AppError && error.code !== 'cancelled') throw imagesGone(error.code);
          throw error;
        });
        const found = opened.studies.find((one) => one.studyInstanceUID === study.studyInstanceUID);
        if (found) {
          decodeShown(opened.openId, found, roles);
          vault.note({ action: 'case.imagesOpened', caseId: id, detail: {} });
          return opened;
        }
        await studies.close(opened.openId);
        throw imagesGone('another study is there now');
      }),
    'cases.relink': ({ id, path, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const source = resolveSource(path);
        const opened = await studies.open(source, callOptions);
        try {
          studyOfCase(opened, vault.store().get(id));
          vault.store().relink(id, keptSourceOf(source), actor());
        } catch (error) {
          await studies.close(opened.openId);
          throw error;
        }
        session.keepSource(id, source);
        changed(id);
        return opened;
      }),
    'cases.trash': ({ id }) => {
      vault.store().trash(id, actor());
      changed(id);
      return storedOf(vault.store().get(id));
    },
    'cases.erase': ({ id }) => {
      vault.store().erase(id, 'request', actor());
      session.forget(new Set([id]), new Set());
      changed(id);
      return { ok: true };
    },
    'cases.restore': ({ id }) => {
      vault.store().restore(id, actor());
      changed(id);
      return storedOf(vault.store().get(id));
    },
  };
};
