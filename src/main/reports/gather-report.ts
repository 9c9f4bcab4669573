/** Gathers from the records what a report of a case says. */
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { makeReportContent } from '#shared/report/make-content.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Language } from '#shared/words/language.ts';
import { inForce, versionOf } from '../cases/board/board-rows.ts';
import type { RecordsReader } from '../cases/records-reader.ts';
import type { ReportPicture } from './pdf/pictures.ts';

/** What of the records a report is made of. */
export type ReportRecords = Pick<RecordsReader, 'get' | 'course' | 'meetings' | 'boardEntries' | 'picture'>;

export interface ReportRequest {
  caseId: string;
  language: Language;
  hideIdentity: boolean;
}

/** The manifest of the very model that predicted: another version's words and population are not this one's. */
export const manifestOf = (manifests: readonly ModelManifest[], { model }: Prediction): ModelManifest | undefined =>
  manifests.find(
    ({ id, version, weights }) => id === model.id && version === model.version && weights.sha256 === model.sha256,
  );

/** Days of the meetings that keep the model covered and have neither been shown this prediction nor decided. */
const coveredBy = (records: ReportRecords, caseId: string, predictionId: string): string[] =>
  records
    .meetings()
    .filter(({ meeting: { id: meetingId, covered, caseIds } }) => {
      if (!covered || !caseIds.includes(caseId)) return false;
      const place = { meetingId, caseId };
      const isShown = records.boardEntries('shown', place).some(({ body }) => body.predictionId === predictionId);
      return !isShown && records.boardEntries('decision', place).length === 0;
    })
    .map(({ meeting }) => meeting.date)
    .toSorted();

/** Throws `case-not-found` or `case-unreadable`. */
export const gatherReport = (
  records: ReportRecords,
  manifests: readonly ModelManifest[],
  { caseId, language, hideIdentity }: ReportRequest,
): ReportContent => {
  const saved = records.get(caseId);
  const prediction = saved.predictionOutdated ? undefined : saved.predictions[0];
  const decisions = inForce(records.boardEntries('decision', { caseId }))
    .toSorted((a, b) => b.body.date.localeCompare(a.body.date))
    .map(versionOf);
  return makeReportContent({
    saved,
    simulated: saved.source.kind === 'simulated' || saved.source.kind === 'demo',
    prediction,
    manifest: prediction && manifestOf(manifests, prediction),
    course: records.course(caseId),
    decisions,
    coveredBy: prediction ? coveredBy(records, caseId, prediction.id) : [],
    hideIdentity,
    language,
  });
};

/** The bytes of every picture that a report shows. */
export const gatherPictures = (records: ReportRecords, content: ReportContent): Map<string, ReportPicture> => {
  const ids = content.images.flatMap(({ plain, mapped }) => [plain, mapped].flatMap((one) => (one ? [one.id] : [])));
  return new Map([...new Set(ids)].map((id) => [id, records.picture(content.case.id, id)]));
};
