import {
  type DecisionEntry,
  type DecisionVersion,
  decisionProblem,
  type ModelShown,
  type Snapshot,
  withoutModel,
} from '#shared/board/decision.ts';
import { emptyListing } from '#shared/board/meeting.ts';
import { modelShownOf } from '#shared/board/model-shown.ts';
import type { Board, BoardAction, BoardLine, Slide, SlideModel } from '#shared/board/slide.ts';
import { stagingOf } from '#shared/board/staging.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { isSimulatedCase, predictionInForce } from '#shared/cases/case-facts.ts';
import { AppError } from '#shared/errors.ts';
import { recalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import { shiftsInForce } from '#shared/study/series-shift.ts';
import type { Actor } from '../cases/audit/actor.ts';
import { type Listed, newestDecisions, shownOf } from '../cases/board/board-model.ts';
import { type BoardEntry, inForce, versionOf } from '../cases/board/board-rows.ts';
import type { KeptMeeting } from '../cases/board/meeting-rows.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import { keptRecalibrations } from '../evidence/recalibration.ts';
import { missingOf, unreadableLine } from './board-lines.ts';
import type { Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import { imagesOf } from './images-at-hand.ts';

export interface BoardHandlerOptions {
  vault: Pick<Vault, 'store' | 'note'>;
  session: Session;
  actor: () => Actor;
  changed: (caseId?: string) => void;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

const UNNAMED = '—';

/** Undefined where the case was erased. */
const caseIfThere = (store: RecordsStore, id: string): SavedCase | 'unreadable' | undefined => {
  try {
    return store.get(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'case-not-found') return undefined;
    if (error instanceof AppError && error.code === 'case-unreadable') return 'unreadable';
    throw error;
  }
};

export const boardHandlers = ({
  vault,
  session,
  actor,
  changed,
  covered,
}: BoardHandlerOptions): HandlersOf<'board'> => {
  const lineOf = (store: RecordsStore, place: Listed): BoardLine[] => {
    const saved = caseIfThere(store, place.caseId);
    if (saved === undefined) return [];
    if (saved === 'unreadable') return [unreadableLine(place.caseId)];
    const entry = store.boardEntries('listing', place).at(-1);
    const listing = entry?.body ?? emptyListing;
    return [
      {
        caseId: saved.id,
        patient: saved.study.patient,
        simulated: isSimulatedCase(saved),
        listing,
        base: entry?.sequence ?? null,
        missing: missingOf(saved, store.course(saved.id), listing.question, imagesOf(saved, session)),
        decided: store.boardEntries('decision', place).length > 0,
        trashed: saved.trashedAt !== null,
      },
    ];
  };

  const boardOf = (id: string): Board => {
    const store = vault.store();
    const { meeting, base } = store.meeting(id);
    const lines = meeting.caseIds.flatMap((caseId) => lineOf(store, { meetingId: id, caseId }));
    // An erased case leaves the list: what is moved on it is moved among those that are there.
    return { meeting: { ...meeting, caseIds: lines.map(({ caseId }) => caseId) }, base, lines };
  };

  /** Throws `case-not-listed` where the case is not on the list of the meeting. */
  const listedCase = ({ meetingId, caseId }: Listed): { kept: KeptMeeting; saved: SavedCase } => {
    const kept = vault.store().meeting(meetingId);
    if (!kept.meeting.caseIds.includes(caseId)) {
      throw new AppError('case-not-listed', 'This case is no longer on the list of this meeting. Open the list again.');
    }
    return { kept, saved: vault.store().get(caseId) };
  };

  const modelOf = (saved: SavedCase, isOpen: boolean): SlideModel => {
    const prediction = predictionInForce(saved);
    if (!prediction) return { state: 'none' };
    if (!isOpen) return { state: 'covered' };
    const recalibrated = recalibratedResult(prediction, keptRecalibrations(vault.store()), isSimulatedCase(saved));
    return { state: 'shown', shown: modelShownOf(prediction, recalibrated) };
  };

  /** A map shows what the model made of the image: it is seen with the model, and never where that is withheld. */
  const picturesOf = (saved: SavedCase, model: SlideModel): SavedCase['keyImages'] => {
    const mapOf = model.state === 'shown' && model.shown.probability !== null ? model.shown.predictionId : undefined;
    return saved.keyImages.filter(({ predictionId }) => predictionId === undefined || predictionId === mapOf);
  };

  const slideOf = (place: Listed): Slide => {
    const store = vault.store();
    const { kept, saved } = listedCase(place);
    const prediction = predictionInForce(saved);
    const shown = prediction && shownOf(store, place, prediction.id);
    const model = modelOf(saved, !kept.meeting.covered || shown !== undefined);
    const decisions = newestDecisions(store, saved.id).map(versionOf);
    return {
      ...place,
      revision: saved.revision,
      patient: saved.study.patient,
      ...(saved.study.ageYears === undefined ? {} : { ageYears: saved.study.ageYears }),
      simulated: isSimulatedCase(saved),
      listing: store.boardEntries('listing', place).at(-1)?.body ?? emptyListing,
      note: saved.note,
      factors: saved.factors,
      keyImages: picturesOf(saved, model),
      course: store.course(saved.id),
      studyInstanceUID: saved.study.studyInstanceUID,
      roles: saved.roles,
      lesions: saved.lesions,
      shifts: shiftsInForce(saved.shifts ?? [], saved.roles),
      imagesAtHand: imagesOf(saved, session).state === 'at-hand',
      model,
      shown: shown ? { when: shown.body.when, at: shown.at, by: shown.actor } : null,
      seen: shown?.body.when ?? 'not-shown',
      decisions: model.state === 'covered' ? decisions.map(withoutModel) : decisions,
    };
  };

  /** Whoever sees the slide of a case has opened that case, once at each meeting: it is asked for again with every change. */
  const seen = new Set<string>();
  const noteSeen = ({ meetingId, caseId }: Listed): void => {
    const key = JSON.stringify([actor(), meetingId, caseId]);
    if (seen.has(key)) return;
    seen.add(key);
    vault.note({ action: 'case.opened', caseId, detail: {} });
  };

  const snapshotOf = (slide: Slide, model: ModelShown | null): Snapshot => ({
    question: slide.listing.question,
    presenter: slide.listing.presenter,
    caseRevision: slide.revision,
    seen: slide.seen,
    model,
    staging: stagingOf(slide.factors),
    keyImageIds: [...slide.keyImages, ...slide.course.images.flatMap(({ images }) => images)].map(({ id }) => id),
  });

  /** Read from where the case itself is good, so that a damaged history says no more than that it is. */
  const versionsOf = (caseId: string): { versions: DecisionVersion[] } => ({
    versions: vault
      .store()
      .boardHistory(caseId)
      .flatMap((entry) => (entry.kind === 'decision' ? [versionOf(entry)] : []))
      .toReversed(),
  });

  const actionOf = (store: RecordsStore, decision: BoardEntry<'decision'>): BoardAction[] => {
    const { sequence, caseId, meetingId, body } = decision;
    const said = store.boardEntries('done', { caseId, meetingId }).at(-1);
    // What was done was asked for by the version of then.
    if (said?.body.done && said.sequence > sequence) return [];
    const saved = caseIfThere(store, caseId);
    if (saved === undefined || saved === 'unreadable' || saved.trashedAt !== null) return [];
    const chosen = body.options.find(({ treatment }) => treatment === body.recommendation);
    return [
      {
        meetingId,
        caseId,
        patient: saved.study.patient,
        simulated: isSimulatedCase(saved),
        recommendation: body.recommendation,
        detail: chosen?.detail ?? '',
        priority: body.priority,
        owner: body.owner,
        due: body.due,
      },
    ];
  };

  const actions = (): { actions: BoardAction[] } => {
    const store = vault.store();
    const open = inForce(store.boardEntries('decision')).flatMap((entry) => actionOf(store, entry));
    return { actions: open.toSorted((a, b) => a.due.localeCompare(b.due)) };
  };

  const decide = (place: Listed, entry: DecisionEntry, base: number | null, amendment: string | undefined): void => {
    const slide = slideOf(place);
    const { meeting } = vault.store().meeting(place.meetingId);
    // What nobody was shown is not part of what was decided on.
    const model = slide.model.state === 'shown' && slide.shown ? slide.model.shown : null;
    const problem = decisionProblem(entry, { model, date: meeting.date });
    if (problem) {
      throw new AppError('decision-refused', `The decision does not fit together (${problem}). Nothing was kept.`, {
        params: { refusal: problem },
      });
    }
    if (base !== null && amendment === undefined) {
      throw new AppError(
        'decision-locked',
        'This decision is locked. Say why it is amended, then keep the new version.',
      );
    }
    const body = { ...entry, date: meeting.date, snapshot: snapshotOf(slide, model) };
    const reason = base === null ? {} : { amendment };
    vault.store().writeBoard({ kind: 'decision', ...place, body, base, ...reason }, actor() || UNNAMED);
  };

  return {
    'board.list': () => {
      const store = vault.store();
      const { caseIds: untold } = covered();
      const decided = inForce(store.boardEntries('decision')).filter(({ caseId }) => !untold.has(caseId));
      return {
        boards: store.meetings().map(({ meeting: { id, date, name, caseIds } }) => ({
          id,
          date,
          name,
          cases: caseIds.length,
          decided: decided.filter(({ meetingId, caseId }) => meetingId === id && caseIds.includes(caseId)).length,
        })),
      };
    },
    'board.get': ({ id }) => boardOf(id),
    'board.save': ({ meeting, base }) => {
      vault.store().writeMeeting({ id: meeting.id, meeting, base }, actor());
      changed();
      return boardOf(meeting.id);
    },
    'board.remove': ({ id, base }) => {
      vault.store().writeMeeting({ id, meeting: null, base }, actor());
      changed();
      return { ok: true };
    },
    'board.ask': ({ meetingId, caseId, listing, base }) => {
      listedCase({ meetingId, caseId });
      vault.store().writeBoard({ kind: 'listing', meetingId, caseId, body: listing, base }, actor());
      changed(caseId);
      return boardOf(meetingId);
    },
    'board.slide': ({ meetingId, caseId }) => {
      const slide = slideOf({ meetingId, caseId });
      noteSeen(slide);
      return slide;
    },
    'board.showModel': ({ meetingId, caseId, when }) => {
      const place = { meetingId, caseId };
      const { saved } = listedCase(place);
      const store = vault.store();
      const prediction = predictionInForce(saved);
      if (prediction && !shownOf(store, place, prediction.id)) {
        const base = store.boardEntries('shown', place).at(-1)?.sequence ?? null;
        const body = { when, predictionId: prediction.id };
        store.writeBoard({ kind: 'shown', ...place, body, base }, actor() || UNNAMED);
        changed(caseId);
      }
      return slideOf(place);
    },
    'board.decide': ({ meetingId, caseId, entry, revision, base, amendment }) => {
      vault.store().assertRevision(caseId, revision);
      decide({ meetingId, caseId }, entry, base, amendment);
      changed(caseId);
      return versionsOf(caseId);
    },
    'board.decisions': ({ caseId }) => versionsOf(caseId),
    'board.actions': actions,
    'board.setDone': ({ meetingId, caseId, done }) => {
      const store = vault.store();
      const base = store.boardEntries('done', { meetingId, caseId }).at(-1)?.sequence ?? null;
      store.writeBoard({ kind: 'done', meetingId, caseId, body: { done }, base }, actor());
      changed(caseId);
      return actions();
    },
  };
};
