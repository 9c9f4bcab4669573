/** What a tumour board has seen of the model, and what may be said of it meanwhile. */
import type { RecordsReader } from '../records-reader.ts';
import { type BoardEntry, inForce } from './board-rows.ts';

/** What of the records tells it. */
export type BoardRecords = Pick<RecordsReader, 'meetings' | 'boardEntries'>;

export interface Listed {
  meetingId: string;
  caseId: string;
}

/** What was kept first of the prediction in force at this meeting stays true, whatever is pressed later. */
export const shownOf = (records: BoardRecords, place: Listed, predictionId: string): BoardEntry<'shown'> | undefined =>
  records.boardEntries('shown', place).find(({ body }) => body.predictionId === predictionId);

export const newestDecisions = (records: BoardRecords, caseId: string): BoardEntry<'decision'>[] =>
  inForce(records.boardEntries('decision', { caseId })).toSorted((a, b) => b.body.date.localeCompare(a.body.date));

/**
 * Days, earliest first, of the meetings that have the case on their list, keep the model covered, and have neither uncovered
 * this prediction nor decided.
 */
export const coveredBy = (records: BoardRecords, caseId: string, predictionId: string): string[] =>
  records
    .meetings()
    .filter(({ meeting: { id: meetingId, covered, caseIds } }) => {
      if (!covered || !caseIds.includes(caseId)) return false;
      const place = { meetingId, caseId };
      return !shownOf(records, place, predictionId) && records.boardEntries('decision', place).length === 0;
    })
    .map(({ meeting }) => meeting.date)
    .toSorted();
