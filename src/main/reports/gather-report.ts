/** Gathers from the records what a report of a case says. */
import { isSimulatedCase, predictionInForce } from '#shared/cases/case-facts.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { makeReportContent } from '#shared/report/make-content.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Language } from '#shared/words/language.ts';
import { coveredBy, newestDecisions } from '../cases/board/board-model.ts';
import { versionOf } from '../cases/board/board-rows.ts';
import type { RecordsReader } from '../cases/records-reader.ts';
import { keptRecalibrations } from '../evidence/recalibration.ts';
import type { ReportPicture } from './pdf/pictures.ts';
import { pictureUnreadable } from './picture-unreadable.ts';

/** What of the records a report is made of. */
export type ReportRecords = Pick<
  RecordsReader,
  'get' | 'course' | 'meetings' | 'boardEntries' | 'picture' | 'entriesOf'
>;

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

/** Throws `case-not-found` or `case-unreadable`. */
export const gatherReport = (
  records: ReportRecords,
  manifests: readonly ModelManifest[],
  { caseId, language, hideIdentity }: ReportRequest,
): ReportContent => {
  const saved = records.get(caseId);
  const prediction = predictionInForce(saved);
  return makeReportContent({
    saved,
    simulated: isSimulatedCase(saved),
    prediction,
    manifest: prediction && manifestOf(manifests, prediction),
    course: records.course(caseId),
    recalibrations: keptRecalibrations(records),
    decisions: newestDecisions(records, caseId).map(versionOf),
    coveredBy: prediction ? coveredBy(records, caseId, prediction.id) : [],
    hideIdentity,
    language,
  });
};

/** The bytes of every picture that a report shows. Throws `picture-unreadable`. */
export const gatherPictures = (records: ReportRecords, content: ReportContent): Map<string, ReportPicture> => {
  const ids = content.images.flatMap(({ plain, mapped }) => [plain, mapped].flatMap((one) => (one ? [one.id] : [])));
  try {
    return new Map([...new Set(ids)].map((id) => [id, records.picture(content.case.id, id)]));
  } catch (error) {
    throw pictureUnreadable(error);
  }
};
