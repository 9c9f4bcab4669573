import { canonicalJson } from '#shared/canonical-json.ts';
import type { CaseDraft } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { predictedFrom } from '#shared/study/lesion.ts';
import { shiftsPredictedFrom } from '#shared/study/series-shift.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import type { StudySource } from '../study/records.ts';
import type { HandlersOf } from './handlers.ts';
import { HeldPictures } from './held-pictures.ts';

/** What a prediction is made from; another value of any of them needs another prediction. */
export type PredictionInputs = Pick<CaseDraft, 'studyInstanceUID' | 'roles' | 'lesions' | 'shifts' | 'factors'>;

/** Equal inputs have equal text. Who confirmed a role, and in which segment a lesion lies, does not change what the model sees. */
export const inputsText = ({ studyInstanceUID, roles, lesions, shifts = [], factors }: PredictionInputs): string =>
  canonicalJson({
    studyInstanceUID,
    roles: roles.map(({ role, seriesId }) => `${role} ${seriesId}`).sort(),
    lesions: lesions.map(predictedFrom),
    shifts: shiftsPredictedFrom(shifts, { roles, lesions }),
    factors,
  });

/** The images of a case are known by its id, those of its follow-ups by this. */
export const followUpKey = (caseId: string, timePointId: string): string => `${caseId}/${timePointId}`;

export const caseOfSource = (key: string): string => key.replace(/\/.*/, '');

/** Unsaved work of one window. */
interface WindowDraft {
  owner: string;
  window: string;
  draft: CaseDraft;
  /** Something of it is not in the records. */
  unsaved: boolean;
  at: string;
}

const erased = () =>
  new AppError('case-erased', 'This case was erased meanwhile. What was not saved of it is gone with it.');

const keyOf = (owner: string, window: string): string => `${owner}\n${window}`;

/**
 * What this session predicted but has not saved, and the work in its windows. In memory only: it holds a patient's data,
 * and the records are the only store. It survives a crashed window, not the application.
 */
export class Session {
  readonly #predictions = new Map<string, { prediction: Prediction; inputs: string; studyInstanceUID: string }>();
  /** By owner and window: two of them never share one. */
  readonly #drafts = new Map<string, WindowDraft>();
  readonly #owner: () => string;
  readonly pictures = new HeldPictures(() => this.#picturesInUse());
  readonly #handedOver = new Map<string, StudySource>();
  /** Cases that were erased, and handles of studies that were open of their patients: a window that still shows one brings nothing back. */
  readonly #erased = new Set<string>();

  /** @param owner whose work is handled: each person has their own, in the same window too */
  constructor(owner: () => string = () => '') {
    this.#owner = owner;
  }

  /** Throws `case-erased`, and keeps nothing, for work on what was erased. */
  keepDraft(window: string, draft: CaseDraft | null, unsaved: boolean): void {
    if ([draft?.caseId, draft?.openId].some((id) => id !== undefined && this.#erased.has(id))) throw erased();
    const owner = this.#owner();
    const key = keyOf(owner, window);
    if (draft === null) this.#drafts.delete(key);
    else this.#drafts.set(key, { owner, window, draft, unsaved, at: new Date().toISOString() });
  }

  draft(window: string): CaseDraft | null {
    return this.#drafts.get(keyOf(this.#owner(), window))?.draft ?? null;
  }

  /** The work of one person becomes that of another: of the name that was here before there were users. */
  adopt(from: string, to: string): void {
    for (const [key, one] of this.#drafts) {
      if (one.owner !== from) continue;
      this.#drafts.delete(key);
      this.#drafts.set(keyOf(to, one.window), { ...one, owner: to });
    }
  }

  /** Does anybody but `owner` have work that is in no record? */
  hasUnsavedOfOthers(owner: string): boolean {
    return [...this.#drafts.values()].some((one) => one.unsaved && one.owner !== owner);
  }

  /** Work of other windows that is in no record yet, newest first: one that was closed or died may have left it. */
  unsavedOf(others: string): { window: string; at: string; draft: CaseDraft }[] {
    const owner = this.#owner();
    return [...this.#drafts.values()]
      .filter((one) => one.unsaved && one.owner === owner && one.window !== others)
      .map(({ window, at, draft }) => ({ window, at, draft }))
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** The work of another window becomes that of this one. */
  takeDraft(window: string, from: string): void {
    const owner = this.#owner();
    const taken = this.#drafts.get(keyOf(owner, from));
    if (!taken) return;
    this.#drafts.delete(keyOf(owner, from));
    this.#drafts.set(keyOf(owner, window), { ...taken, window });
  }

  /** Lets go of everything about cases that were erased, and of their studies; gives the handles of studies that were open. */
  forget(cases: ReadonlySet<string>, studies: ReadonlySet<string>): string[] {
    const openIds: string[] = [];
    for (const id of cases) this.#erased.add(id);
    for (const [window, { draft }] of [...this.#drafts]) {
      if (!studies.has(draft.studyInstanceUID) && !(draft.caseId !== undefined && cases.has(draft.caseId))) continue;
      if (draft.openId !== undefined) openIds.push(draft.openId);
      this.#drafts.delete(window);
    }
    for (const key of [...this.#handedOver.keys()]) if (cases.has(caseOfSource(key))) this.#handedOver.delete(key);
    this.pictures.letGoOfUnused();
    for (const [id, { studyInstanceUID }] of [...this.#predictions]) {
      if (studies.has(studyInstanceUID)) this.#predictions.delete(id);
    }
    // Of a single case the study stays open; with everything of a patient it is closed.
    for (const openId of studies.size > 0 ? openIds : []) this.#erased.add(openId);
    return openIds;
  }

  #picturesInUse(): Set<string> {
    return new Set([...this.#drafts.values()].flatMap(({ draft }) => draft.keyImages?.map(({ id }) => id) ?? []));
  }

  /** What a browser handed over is nowhere but here: it is known as long as this session runs. */
  keepSource(caseId: string, source: StudySource): void {
    if (source.kind === 'upload') this.#handedOver.set(caseId, source);
    else this.#handedOver.delete(caseId);
  }

  /** Where the images are of a case that was saved in this session from files that a browser handed over. */
  source(caseId: string): StudySource | undefined {
    return this.#handedOver.get(caseId);
  }

  keepPrediction(prediction: Prediction, inputs: PredictionInputs): void {
    const { studyInstanceUID } = inputs;
    this.#predictions.set(prediction.id, { prediction, inputs: inputsText(inputs), studyInstanceUID });
  }

  /** A prediction of this session, whatever it was made from. */
  made(id: string): Prediction | undefined {
    return this.#predictions.get(id)?.prediction;
  }

  /** A prediction of this session, and whether it was made from exactly these inputs. */
  prediction(id: string, inputs: PredictionInputs): { prediction: Prediction; fits: boolean } | undefined {
    const found = this.#predictions.get(id);
    return found && { prediction: found.prediction, fits: found.inputs === inputsText(inputs) };
  }
}

export const draftHandlers = (
  session: Session,
  studies: { opened(openId: string): OpenedStudies | undefined },
  /** Also before this start: a window may have outlived the application that knew. */
  isErased: (caseId: string) => boolean = () => false,
): HandlersOf<'draft'> => {
  const answer = (draft: CaseDraft | null) => ({
    draft,
    opened: (draft?.openId !== undefined && studies.opened(draft.openId)) || null,
    prediction: (draft?.predictionId && session.prediction(draft.predictionId, draft)?.prediction) || null,
    comparison: (draft?.comparisonId && session.prediction(draft.comparisonId, draft)?.prediction) || null,
  });
  return {
    'draft.keep': ({ window, draft, unsaved }) => {
      if (draft?.caseId !== undefined && isErased(draft.caseId)) session.forget(new Set([draft.caseId]), new Set());
      session.keepDraft(window, draft, unsaved);
      return { ok: true };
    },
    'draft.get': ({ window }) => answer(session.draft(window)),
    'draft.others': ({ window }) => ({
      others: session.unsavedOf(window).map(({ window: other, at, draft }) => ({
        window: other,
        at,
        ...(draft.caseId === undefined ? {} : { caseId: draft.caseId }),
      })),
    }),
    'draft.take': ({ window, from }) => {
      session.takeDraft(window, from);
      return answer(session.draft(window));
    },
  };
};
