import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { CaseDraft, SavedCase } from '#shared/cases/case.ts';
import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { largestDiameterMm } from '#shared/clinical/lesion-diameter.ts';
import { refusedFactors } from '#shared/clinical/parse-factors.ts';
import { AppError, type ErrorShape, toErrorShape } from '#shared/errors.ts';
import { isNotComputable } from '#shared/model/not-computable.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import { indexLesion, type Lesion } from '#shared/study/lesion.ts';
import type { DrawnMark, Mark } from '#shared/study/mark.ts';
import { isNotMr } from '#shared/study/modality.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { shiftsInForce } from '#shared/study/series-shift.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import { useClient, useHost } from '../client/index.ts';
import { translateError } from '../locales/errors.ts';
import { useAppStore } from './app.ts';
import {
  addLesion,
  addMark,
  allConfirmed,
  assignRole,
  type CaseEdit,
  changeLesion,
  changeMark,
  chooseIndexLesion,
  confirmRoles,
  dropImage,
  emptyEdit,
  keepImage,
  removeMarked,
  samePredictedLesions,
  samePredictedShifts,
  shiftSeries,
} from './case-edit.ts';
import { type History, record, redo, startHistory, undo } from './history.ts';
import { editOf, sameInputsAs } from './merge-edits.ts';
import { useNoticesStore } from './notices.ts';

/** Where a new case of a study that is kept already goes: into that case, or beside it. */
export type SaveTarget = { caseId?: string; revision?: number; separate?: true };

/** The model that was chosen, and what another one says of the same inputs. */
type Choice = Pick<CaseDraft, 'modelId' | 'comparisonId'>;

/** The case on screen: opened images, what the user decided about them, and the prediction made from it. */
export const useCaseStore = defineStore('case', () => {
  const client = useClient();
  const host = useHost();
  const app = useAppStore();
  const notices = useNoticesStore();

  const opened = shallowRef<OpenedStudies>();
  const study = shallowRef<ScannedStudy>();
  const history = shallowRef<History<CaseEdit>>(startHistory(emptyEdit));
  const prediction = shallowRef<Prediction>();
  /** The edit that the prediction was made from; another one makes it out of date. */
  const predictedFrom = shallowRef<CaseEdit>();
  /** The model that this case is predicted with where it is not the default one. */
  const modelId = shallowRef<string>();
  /** The same inputs as another model sees them, beside the prediction. */
  const comparison = shallowRef<{ prediction: Prediction; from: CaseEdit }>();
  /** Why there is no number at all for what is on screen; holds as long as the edit does. */
  const refusal = shallowRef<ErrorShape>();
  const refusedFrom = shallowRef<CaseEdit>();
  /** The withheld prediction whose number somebody asked to see all the same. */
  const shownAnyway = shallowRef<string>();
  /** Measurements that come with the demonstration patient, for the user to take or to draw again. */
  const offeredLesions = shallowRef<Lesion[]>([]);
  /** Every role at the index lesion, as it was when the case was saved or left last. */
  const indexImages = shallowRef<KeyImage[]>([]);
  /** Takes these pictures anew, while there are images to take them of. */
  let camera: (() => Promise<KeyImage[]>) | undefined;
  const savedCase = shallowRef<SavedCase>();
  const savedEdit = shallowRef<CaseEdit>(emptyEdit);
  const savedPredictionId = shallowRef<string>();
  /** What is kept beside the edit and the prediction: the chosen model and the comparison, by their ids. */
  const savedChoice = shallowRef<Choice>({});
  /** What the case on screen was opened or saved with; undefined where the work on it came from another window. */
  const base = shallowRef<CaseEdit>();

  const edit = computed(() => history.value.present);
  const apply = (next: CaseEdit) => {
    if (next !== edit.value) history.value = record(history.value, next);
  };
  const decided = () => ({ by: app.userName || '—', at: new Date().toISOString() });
  /** Changes with every case that is shown or put away: an answer that comes later belongs to another patient. */
  let turn = 0;

  const sameInputs = (a: CaseEdit, b: CaseEdit) =>
    a.roles === b.roles &&
    samePredictedLesions(a.lesions, b.lesions) &&
    samePredictedShifts(a, b) &&
    a.factors === b.factors;
  const outOfDate = computed(
    () =>
      prediction.value !== undefined &&
      predictedFrom.value !== undefined &&
      !sameInputs(predictedFrom.value, edit.value),
  );
  /** In place of a number that cannot be computed; another edit may change that. */
  const notComputable = computed(() =>
    refusedFrom.value && sameInputs(refusedFrom.value, edit.value) ? refusal.value : undefined,
  );
  const isWithheld = computed(() => prediction.value?.decision === 'withheld');
  /** Beside a withheld number no picture with a map is seen, not even of an earlier one: it speaks for or against response. */
  const seen = (images: readonly KeyImage[]): KeyImage[] =>
    images.filter(({ predictionId }) => predictionId === undefined || !isWithheld.value);
  const keptImages = computed(() => seen(edit.value.keyImages));
  /** The number, its parts and its map are not shown. */
  const isHidden = computed(() => isWithheld.value && shownAnyway.value !== prediction.value?.id);
  const rolesConfirmed = computed(() => allConfirmed(edit.value.roles));
  const hasArterial = computed(() => edit.value.roles.some((entry) => entry.role === 'arterial'));
  /** A study of CT or PET alone has no series that could have a role. */
  const hasMr = computed(() => study.value?.series.some((series) => !isNotMr(series)) ?? true);
  /** The patient is made up. */
  const isSimulated = computed(() =>
    savedCase.value ? isSimulatedCase(savedCase.value) : opened.value?.simulated === true,
  );
  const index = computed(() => indexLesion(edit.value.lesions));
  const largestMm = computed(() => largestDiameterMm(edit.value.lesions));
  const canPredict = computed(() => rolesConfirmed.value && index.value !== undefined && opened.value !== undefined);
  const refused = computed(() => refusedFactors(edit.value.factors));
  /** Undefined as soon as an input is not what it was made from. */
  const compared = computed(() =>
    comparison.value && sameInputs(comparison.value.from, edit.value) ? comparison.value.prediction : undefined,
  );
  /** A comparison stands beside a prediction of the same inputs, or is no part of the case. */
  const choice = computed<Choice>(() => ({
    ...(modelId.value === undefined ? {} : { modelId: modelId.value }),
    ...(compared.value && prediction.value && !outOfDate.value ? { comparisonId: compared.value.id } : {}),
  }));
  const dirty = computed(
    () =>
      study.value !== undefined &&
      (edit.value !== savedEdit.value ||
        (prediction.value !== undefined && prediction.value.id !== savedPredictionId.value) ||
        choice.value.modelId !== savedChoice.value.modelId ||
        choice.value.comparisonId !== savedChoice.value.comparisonId),
  );

  const model = computed(() => app.models.find(({ manifest }) => manifest.id === modelId.value) ?? app.defaultModel);
  /** Id of the model that this case was predicted with where it is no longer installed. */
  const modelGone = computed(() =>
    app.loaded && modelId.value && model.value?.manifest.id !== modelId.value ? modelId.value : undefined,
  );
  const draft = computed<CaseDraft | null>(() => {
    // What is neither open nor kept has nothing that it could be saved with.
    if (!study.value || (!opened.value && !savedCase.value)) return null;
    return {
      ...(savedCase.value ? { caseId: savedCase.value.id, revision: savedCase.value.revision } : {}),
      ...(opened.value ? { openId: opened.value.openId } : {}),
      studyInstanceUID: study.value.studyInstanceUID,
      roles: edit.value.roles,
      lesions: edit.value.lesions,
      marks: edit.value.marks,
      shifts: edit.value.shifts,
      factors: edit.value.factors,
      ...(prediction.value && !outOfDate.value ? { predictionId: prediction.value.id } : {}),
      ...choice.value,
      ...(edit.value.baseRate === undefined ? {} : { baseRate: edit.value.baseRate }),
      ...(edit.value.note ? { note: edit.value.note } : {}),
      keyImages: [...seen(indexImages.value), ...edit.value.keyImages],
    };
  });
  /** Leaves the work of this window with the application. Work on a case that was erased ends here, too. */
  const keepDraft = async () => {
    const kept = { draft: draft.value, unsaved: dirty.value };
    const window = await host.windowId();
    await client.call('draft.keep', { window, ...kept }).catch(async (error: unknown) => {
      // Another failure is told where it matters; what cannot be kept now is handed over later.
      if (!(error instanceof AppError && error.code === 'case-erased')) return;
      notices.show({ kind: 'warning', text: () => translateError(error) });
      await close();
    });
  };
  watch([draft, dirty], keepDraft);
  client.on('records.changed', ({ caseId }) => {
    const shown = savedCase.value?.id;
    if (shown !== undefined && (caseId === undefined || caseId === shown)) void keepDraft();
  });

  // Somebody else's work, too, ends with the application.
  watch(
    () => dirty.value || app.identity.unsavedOfOthers,
    (next) => host.setDirty(next),
  );

  /** Nothing of the case before stays; without a study there is none. */
  const show = (openedStudies: OpenedStudies | undefined, chosen: ScannedStudy | undefined, start: CaseEdit) => {
    turn += 1;
    opened.value = openedStudies;
    study.value = chosen;
    history.value = startHistory(start);
    savedEdit.value = start;
    savedCase.value = undefined;
    prediction.value = undefined;
    predictedFrom.value = undefined;
    modelId.value = undefined;
    comparison.value = undefined;
    refusedFrom.value = undefined;
    shownAnyway.value = undefined;
    savedPredictionId.value = undefined;
    savedChoice.value = {};
    offeredLesions.value = [];
    indexImages.value = [];
    base.value = undefined;
  };

  /** Starts a new case on one study of what was opened. */
  const begin = (openedStudies: OpenedStudies, chosen: ScannedStudy, factors: FactorValues = {}) => {
    const known: FactorValues = { ...factors };
    if (chosen.ageYears !== undefined && !known.age)
      known.age = { value: Math.floor(chosen.ageYears), origin: 'study' };
    const sex = { M: 'male', F: 'female' }[chosen.patient.sex ?? ''];
    if (sex && !known.sex) known.sex = { value: sex, origin: 'study' };
    show(openedStudies, chosen, { ...emptyEdit, roles: suggestedRoles(chosen.series), factors: known });
  };

  /** Shows a kept case; without `images` where they are no longer to be had. */
  const resume = (kept: SavedCase, images: OpenedStudies | undefined) => {
    const chosen =
      images?.studies.find((entry) => entry.studyInstanceUID === kept.study.studyInstanceUID) ?? kept.study;
    show(images, chosen, editOf(kept));
    base.value = edit.value;
    indexImages.value = kept.keyImages.filter(({ origin }) => origin === 'index-lesion');
    const [newest] = kept.predictions;
    prediction.value = newest;
    // Inputs that were saved after the newest prediction are not what it was made from: it comes back out of date.
    predictedFrom.value = kept.predictionOutdated ? emptyEdit : edit.value;
    savedCase.value = kept;
    savedPredictionId.value = newest?.id;
    modelId.value = kept.modelId ?? newest?.model.id;
    if (kept.comparison) comparison.value = { prediction: kept.comparison, from: edit.value };
    savedChoice.value = choice.value;
  };

  /** Puts the images of the case on screen beside it again: its edits stay. */
  const attach = (images: OpenedStudies) => {
    const found = images.studies.find((one) => one.studyInstanceUID === study.value?.studyInstanceUID);
    if (!found) return;
    opened.value = images;
    study.value = found;
  };

  /** Comes back to unsaved work: this window's after its page had to be loaded again, or that of another one. */
  const recover = async (from?: string): Promise<boolean> => {
    const window = await host.windowId();
    const kept = await (from === undefined
      ? client.call('draft.get', { window })
      : client.call('draft.take', { window, from }));
    if (!kept.draft) return false;
    const { roles, lesions, marks = [], shifts = [], factors, baseRate, note } = kept.draft;
    const { caseId, revision, studyInstanceUID, keyImages = [] } = kept.draft;
    const before = caseId ? await client.call('cases.get', { id: caseId }).catch(() => undefined) : undefined;
    const images = kept.opened ?? undefined;
    const chosen = images?.studies.find((entry) => entry.studyInstanceUID === studyInstanceUID) ?? before?.study;
    if (!chosen) return false;
    show(images, chosen, {
      roles,
      lesions,
      marks,
      shifts,
      factors,
      baseRate,
      note: note ?? '',
      keyImages: keyImages.filter(({ origin }) => origin === 'kept'),
    });
    indexImages.value = keyImages.filter(({ origin }) => origin === 'index-lesion');
    savedEdit.value = emptyEdit;
    // What was saved since is not what this work was made on.
    savedCase.value = before && revision !== undefined ? { ...before, revision } : before;
    // One that was saved before is with its case, no longer with the session.
    const made = kept.prediction ?? savedCase.value?.predictions.find((entry) => entry.id === kept.draft?.predictionId);
    if (made) {
      prediction.value = made;
      predictedFrom.value = edit.value;
    }
    modelId.value = kept.draft.modelId ?? made?.model.id;
    const { comparisonId } = kept.draft;
    const known = [kept.comparison, before?.comparison, ...(before?.predictions ?? [])];
    const other = known.find((one) => comparisonId !== undefined && one?.id === comparisonId);
    if (other) comparison.value = { prediction: other, from: edit.value };
    return true;
  };

  /**
   * After the host was away: hands the unsaved work over to it, which it may have missed. False where it was started anew
   * and has the study no longer open: the case stays, without its images.
   */
  const handOver = async (): Promise<boolean> => {
    if (draft.value) await keepDraft();
    if (!opened.value) return true;
    const window = await host.windowId();
    const kept = await client.call('draft.get', { window });
    if (kept.opened) return true;
    opened.value = undefined;
    return false;
  };

  /** Goes on from what somebody else has saved since, with `next` made of both; one step that can be undone. */
  const rebase = (kept: SavedCase, next: CaseEdit) => {
    const mine = edit.value;
    const theirs = editOf(kept);
    const [newest] = kept.predictions;
    // What it was made from is no longer what the case says, and nothing kept tells whether these inputs are.
    const isOfCase = kept.predictions.some(({ id }) => id === prediction.value?.id);
    savedCase.value = kept;
    savedEdit.value = theirs;
    base.value = theirs;
    savedPredictionId.value = newest?.id;
    const theirModel = kept.modelId ?? newest?.model.id;
    // A choice that was not made here is theirs.
    if (modelId.value === savedChoice.value.modelId) modelId.value = theirModel;
    savedChoice.value = {
      ...(theirModel === undefined ? {} : { modelId: theirModel }),
      ...(kept.comparison ? { comparisonId: kept.comparison.id } : {}),
    };
    if (indexImages.value.length === 0)
      indexImages.value = kept.keyImages.filter(({ origin }) => origin === 'index-lesion');
    apply(next);
    if (newest && sameInputsAs(next, theirs) && !kept.predictionOutdated) {
      prediction.value = newest;
      predictedFrom.value = next;
      if (kept.comparison) comparison.value = { prediction: kept.comparison, from: next };
    } else if (!sameInputs(next, mine) || isOfCase) {
      predictedFrom.value = emptyEdit;
    }
  };

  /** What a model says of the present inputs; undefined where another patient was opened meanwhile. */
  const ask = async (jobId: string, id: string | undefined) => {
    if (!opened.value || !study.value) return undefined;
    const from = edit.value;
    const asked = turn;
    try {
      const result = await client.call('prediction.run', {
        jobId,
        openId: opened.value.openId,
        studyInstanceUID: study.value.studyInstanceUID,
        roles: from.roles,
        lesions: from.lesions,
        shifts: from.shifts,
        factors: from.factors,
        ...(id === undefined ? {} : { modelId: id }),
      });
      return asked === turn ? { prediction: result, from } : undefined;
    } catch (error) {
      if (!(error instanceof AppError && isNotComputable(error.code))) throw error;
      if (asked !== turn) return undefined;
      refusal.value = toErrorShape(error);
      refusedFrom.value = from;
      return undefined;
    }
  };

  /** Shows the number of a withheld prediction, once it is kept in the audit log that somebody asked for it. */
  const showAnyway = async () => {
    const { value } = prediction;
    if (!value) return;
    const caseId = savedCase.value?.id;
    await client.call('prediction.showWithheld', { predictionId: value.id, ...(caseId ? { caseId } : {}) });
    shownAnyway.value = value.id;
  };

  const showPrediction = (answer: { prediction: Prediction; from: CaseEdit }) => {
    prediction.value = answer.prediction;
    predictedFrom.value = answer.from;
  };

  const predict = async (jobId: string) => {
    refusedFrom.value = undefined;
    const answer = await ask(jobId, model.value?.manifest.id);
    if (answer) showPrediction(answer);
  };

  const compare = async (jobId: string, id: string) => {
    const answer = await ask(jobId, id);
    if (answer) comparison.value = answer;
  };

  /** The other model's prediction becomes the one of the case, and its model the case's model. */
  const takeComparison = () => {
    if (!comparison.value || !compared.value) return;
    const before = prediction.value && predictedFrom.value;
    const set = before && prediction.value ? { prediction: prediction.value, from: before } : undefined;
    showPrediction(comparison.value);
    modelId.value = comparison.value.prediction.model.id;
    comparison.value = set;
  };

  const store = async (target: SaveTarget): Promise<SavedCase> => {
    if (!draft.value) {
      throw new AppError('nothing-to-save', 'There is no study to save. Open the study, then save.');
    }
    const asked = turn;
    const [saving, made, chosen] = [edit.value, prediction.value?.id, choice.value];
    const kept = await client.call('cases.save', { ...draft.value, ...target });
    if (asked !== turn) return kept;
    savedCase.value = kept;
    // What was changed or predicted in the meantime is not in it.
    savedEdit.value = saving;
    base.value = saving;
    savedPredictionId.value = made;
    savedChoice.value = chosen;
    return kept;
  };

  /** Takes the pictures of the index lesion, where there are images; a picture that fails keeps nobody from saving. */
  const takeImages = async (): Promise<void> => {
    const asked = turn;
    const taken = await camera?.().catch(() => undefined);
    if (taken && asked === turn) indexImages.value = taken;
  };

  let storing: Promise<unknown> | undefined;
  /** Answers what the records hold now. One after the other: two saves of a new case at once would make two cases. */
  const save = (target: SaveTarget = {}): Promise<SavedCase> => {
    const stored = storing ? storing.then(() => store(target)) : store(target);
    const settled = stored
      .catch(() => undefined)
      .then(() => {
        if (storing === settled) storing = undefined;
      });
    storing = settled;
    return stored;
  };

  const close = async () => {
    const openId = opened.value?.openId;
    show(undefined, undefined, emptyEdit);
    if (openId) await client.call('study.close', { openId }).catch(() => undefined);
  };

  return {
    opened,
    study,
    edit,
    draft,
    prediction,
    offeredLesions,
    indexImages,
    keptImages,
    outOfDate,
    notComputable,
    isWithheld,
    isHidden,
    savedCase,
    dirty,
    rolesConfirmed,
    hasArterial,
    hasMr,
    isSimulated,
    index,
    shiftsInForce: computed(() => shiftsInForce(edit.value.shifts, edit.value.roles)),
    largestMm,
    canPredict,
    refused,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    begin,
    resume,
    recover,
    attach,
    rebase,
    base,
    handOver,
    model,
    modelGone,
    compared,
    predict,
    compare,
    takeComparison,
    chooseModel: (id: string) => {
      modelId.value = id;
    },
    showAnyway,
    save,
    close,
    undo: () => {
      history.value = undo(history.value);
    },
    redo: () => {
      history.value = redo(history.value);
    },
    assignRole: (role: ModelRole, seriesId: string | undefined) => {
      const chosen = study.value?.series.find(({ id }) => id === seriesId);
      if (!chosen || !isNotMr(chosen)) apply(assignRole(edit.value, role, seriesId, decided()));
    },
    confirmRoles: () => apply(confirmRoles(edit.value, decided())),
    addLesion: (drawn: Omit<Lesion, 'id' | 'label' | 'kind'>) =>
      apply(addLesion(edit.value, drawn, crypto.randomUUID())),
    changeLesion: (lesion: Lesion) => apply(changeLesion(edit.value, lesion)),
    chooseIndexLesion: (id: string | undefined) => apply(chooseIndexLesion(edit.value, id)),
    addMark: (drawn: DrawnMark) => apply(addMark(edit.value, drawn, crypto.randomUUID())),
    changeMark: (mark: Mark) => apply(changeMark(edit.value, mark)),
    /** By so much in all, mm LPS; one step that can be undone. */
    shiftSeries: (seriesId: string, mm: Vec3) => apply(shiftSeries(edit.value, seriesId, mm, decided())),
    setCamera: (next: (() => Promise<KeyImage[]>) | undefined) => {
      camera = next;
    },
    takeImages,
    /** False where there is no room for another one. */
    keepImage: (image: KeyImage): boolean => {
      const next = keepImage(edit.value, image);
      if (next) apply(next);
      return next !== undefined;
    },
    dropImage: (id: string) => apply(dropImage(edit.value, id)),
    offerLesions: (lesions: Lesion[]) => {
      offeredLesions.value = lesions;
    },
    takeOfferedLesions: () => {
      const seriesId = edit.value.roles.find((entry) => entry.role === 'arterial')?.seriesId ?? '';
      let next = edit.value;
      for (const { longAxis, shortAxis } of offeredLesions.value) {
        next = addLesion(next, { seriesId, longAxis, ...(shortAxis ? { shortAxis } : {}) }, crypto.randomUUID());
      }
      apply(next);
    },
    removeMarked: (id: string) => apply(removeMarked(edit.value, id)),
    setFactors: (factors: FactorValues) => apply({ ...edit.value, factors }),
    setBaseRate: (baseRate: number | undefined) => apply({ ...edit.value, baseRate }),
    setNote: (note: string) => apply({ ...edit.value, note }),
  };
});
