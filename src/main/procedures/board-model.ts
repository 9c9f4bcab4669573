/** What a tumour board has seen of the model, and what may be said of it meanwhile. */
import type { DecisionVersion, Snapshot } from '#shared/board/decision.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { type BoardEntry, inForce } from '../cases/board/board-rows.ts';
import type { RecordsStore } from '../cases/records-store.ts';

export interface Listed {
  meetingId: string;
  caseId: string;
}

/** What was kept first of the prediction in force at this meeting stays true, whatever is pressed later. */
export const shownOf = (store: RecordsStore, place: Listed, predictionId: string): BoardEntry<'shown'> | undefined =>
  store.boardEntries('shown', place).find(({ body }) => body.predictionId === predictionId);

export const newestDecisions = (store: RecordsStore, caseId: string): BoardEntry<'decision'>[] =>
  inForce(store.boardEntries('decision', { caseId })).toSorted((a, b) => b.body.date.localeCompare(a.body.date));

/** What a board before saw of the model, and thought of it, is the model too. */
export const withoutModel = (version: DecisionVersion): DecisionVersion => {
  const { body } = version;
  const snapshot: Snapshot = { ...body.snapshot, seen: 'not-shown', model: null };
  return { ...version, body: { ...body, agreement: 'not-used', agreementReason: '', snapshot } };
};

/** A board that has the case on its list keeps the model covered, and has neither uncovered this prediction nor decided. */
export const isCovered = (store: RecordsStore, { id: caseId }: SavedCase, prediction: Prediction): boolean =>
  store.meetings().some(({ meeting }) => {
    if (!meeting.covered || !meeting.caseIds.includes(caseId)) return false;
    const place = { meetingId: meeting.id, caseId };
    return !shownOf(store, place, prediction.id) && store.boardEntries('decision', place).length === 0;
  });
