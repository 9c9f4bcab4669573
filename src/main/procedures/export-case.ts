import { withoutModel } from '#shared/board/decision.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { isSimulatedCase, predictionInForce } from '#shared/cases/case-facts.ts';
import { recalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { ExportedCase, ExportKind } from '#shared/report/export-kinds.ts';
import type { Language } from '#shared/words/language.ts';
import { coveredBy, newestDecisions } from '../cases/board/board-model.ts';
import { versionOf } from '../cases/board/board-rows.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import { keptRecalibrations } from '../evidence/recalibration.ts';
import { contentHash } from '../reports/embedded-report.ts';
import { exportCase } from '../reports/export-case.ts';
import { gatherPictures, gatherReport } from '../reports/gather-report.ts';
import type { Material } from '../reports/make-files.ts';
import type { ReportPress } from '../reports/press.ts';
import type { PredictionSaid, StudyImages } from '../reports/reported-case.ts';
import { researchCase, researchWhole } from '../reports/research/research-case.ts';
import { studyImages } from '../reports/study-images.ts';
import type { StudySource } from '../study/records.ts';
import type { StudyService } from '../study/service.ts';
import type { CallOptions } from '../workers/client.ts';
import type { DestinationResolver } from './deidentify.ts';
import type { Session } from './draft.ts';
import type { Handlers } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { sourceOfCase } from './source-of-case.ts';

export interface ExporterOptions {
  vault: Vault;
  studies: StudyService;
  session: Session;
  demoSource: StudySource;
  manifests: () => Promise<readonly ModelManifest[]>;
  language: () => Language;
  appVersion: string;
  press: Pick<ReportPress, 'print'>;
}

export interface ExportCaseHandlerOptions {
  vault: Vault;
  jobs: Jobs;
  resolveDestination: DestinationResolver;
  exportInto: ExportInto;
}

const saidOf = (store: RecordsStore, saved: SavedCase): PredictionSaid => {
  const prediction = predictionInForce(saved);
  // One that is outdated is in force no more, and yet what a board that keeps the model covered is not to know.
  const newest = prediction ?? saved.predictions[0];
  if (newest && coveredBy(store, saved.id, newest.id).length > 0) return { state: 'covered' };
  if (!prediction) return { state: 'none' };
  if (prediction.decision === 'withheld') return { state: 'withheld', prediction };
  const recalibrated = recalibratedResult(prediction, keptRecalibrations(store), isSimulatedCase(saved));
  return { state: 'shown', prediction, ...(recalibrated ? { recalibrated } : {}) };
};

export interface ExportRequest {
  id: string;
  wanted: ReadonlySet<ExportKind>;
  /** Without the patient. */
  research?: boolean;
  folder: string;
  options: Required<CallOptions>;
}

/** Writes what is wanted of a case into a folder; `noteLeft` once that has left, so that a report is known again. */
export type ExportInto = (request: ExportRequest) => Promise<{ exported: ExportedCase; noteLeft: () => void }>;

/** The same material, made from a case in which nobody is named. */
const withoutPatient = (material: Material, key: Uint8Array): Material => {
  const reported = researchCase(material.reported, key);
  return { ...material, reported, whole: researchWhole(reported) };
};

export const exporter = (options: ExporterOptions): ExportInto => {
  const { vault, studies, session, demoSource, manifests, language, appVersion, press } = options;

  const materialOf = (
    saved: SavedCase,
    {
      images,
      installed,
      callOptions,
    }: { images: StudyImages | undefined; installed: readonly ModelManifest[]; callOptions: CallOptions },
  ): Material => {
    const store = vault.store();
    // All that is exported names the patient: the page does, too, whatever the window hides.
    const page = { caseId: saved.id, language: language(), hideIdentity: false };
    const content = gatherReport(store, installed, page);
    const prediction = saidOf(store, saved);
    const decisions = newestDecisions(store, saved.id).map(versionOf);
    return {
      reported: {
        saved,
        course: store.course(saved.id),
        prediction,
        decisions: prediction.state === 'covered' ? decisions.map(withoutModel) : decisions,
        at: new Date(),
        appVersion,
        installation: vault.installation(),
        images,
      },
      // What readers said belongs to their study, which others may still be reading in.
      whole: { ...saved, course: store.courseEntries(saved.id), board: store.boardHistory(saved.id), readings: [] },
      report: {
        content,
        pages: async () => {
          const pictures = [...gatherPictures(store, content)];
          return await press.print({ content, pictures, format: 'pdf', appendix: false }, callOptions);
        },
      },
      picture: ({ id }) => store.picture(saved.id, id).bytes,
    };
  };

  return async ({ id, wanted, research = false, folder, options: callOptions }) => {
    const known = vault.store().get(id);
    const source = sourceOfCase(known, { session, demoSource });
    const images = await studyImages(studies, source, { saved: known, options: callOptions });
    const installed = await manifests();
    // Once more: while its study was read it may have been erased, changed, or put on the list of a board.
    const saved = vault.store().get(id);
    const named = materialOf(saved, { images, installed, callOptions: { signal: callOptions.signal } });
    const material = research ? withoutPatient(named, vault.store().secret('deidentification')) : named;
    const assertKept = () => vault.store().assertKept(id);
    const exported = await exportCase(material, { folder, wanted, assertKept, options: callOptions });
    const noteLeft = () => {
      // A report that left in an object is known again, like one that was saved by itself.
      if (!exported.files.some(({ kind }) => kind === 'pdf')) return;
      const report = contentHash(material.report.content);
      vault.note({ action: 'case.printed', caseId: id, detail: { as: 'pdf', report } });
    };
    return { exported, noteLeft };
  };
};

export const exportCaseHandlers = ({
  vault,
  jobs,
  resolveDestination,
  exportInto,
}: ExportCaseHandlerOptions): Handlers<'cases.export'> => ({
  'cases.export': ({ id, as, research = false, destination, jobId }) =>
    jobs.run(jobId, async (options) => {
      // The case first: a folder that was chosen is used once, and not spent on what cannot begin.
      vault.store().get(id);
      const folder = resolveDestination(destination);
      const { exported, noteLeft } = await exportInto({ id, wanted: new Set(as), research, folder, options });
      noteLeft();
      const left = new Set(exported.files.map(({ kind }) => kind));
      vault.note({
        action: 'case.exported',
        caseId: id,
        detail: {
          as: [...left].join(' '),
          files: exported.files.length,
          leftOut: exported.notMade.length,
          research,
        },
      });
      return exported;
    }),
});
