import { createHash } from 'node:crypto';
import type { ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Language } from '#shared/words/language.ts';
import type { Vault } from '../cases/vault.ts';
import { contentHash } from '../reports/embedded-report.ts';
import { gatherPictures, gatherReport } from '../reports/gather-report.ts';
import type { ReportPress } from '../reports/press.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface ReportHandlerOptions {
  vault: Vault;
  manifests: () => Promise<readonly ModelManifest[]>;
  settings: () => { language: Language; hideIdentity: boolean };
  jobs: Jobs;
  press: Pick<ReportPress, 'places' | 'print'>;
}

type Made = ProcedureOutput<'report.check'>['made'];

export const reportHandlers = (options: ReportHandlerOptions): HandlersOf<'report'> => {
  const { vault, manifests, settings, jobs, press } = options;
  const contentOf = async (
    caseId: string,
    given: { language?: Language | undefined; hideIdentity?: boolean | undefined } = {},
  ): Promise<ReportContent> => {
    const { language, hideIdentity } = settings();
    return gatherReport(vault.store(), await manifests(), {
      caseId,
      language: given.language ?? language,
      hideIdentity: given.hideIdentity ?? hideIdentity,
    });
  };

  /** By the audit log: when a report of just this content last left this workstation. */
  const madeOf = (caseId: string, hash: string): Made => {
    let before: number | undefined;
    do {
      const page = vault
        .store()
        .auditPage({ caseId, action: 'case.printed', limit: 500, ...(before === undefined ? {} : { before }) });
      const found = page.entries.find(({ facts }) => facts.some((one) => one.name === 'report' && one.value === hash));
      if (found) return { at: found.at, by: found.actor };
      before = page.next ?? undefined;
    } while (before !== undefined);
    return null;
  };

  return {
    'report.get': async ({ caseId, language }) => {
      const content = await contentOf(caseId, { language });
      return { content, hash: contentHash(content), places: await press.places(content) };
    },
    'report.make': ({ caseId, format, appendix, language, hash: expected, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const content = await contentOf(caseId, { language });
        const hash = contentHash(content);
        if (expected !== undefined && expected !== hash) {
          throw new AppError('report-changed', 'The case was changed since this report was shown. Look at it again.');
        }
        const pictures = [...gatherPictures(vault.store(), content)];
        const file = await press.print({ content, pictures, format, appendix }, callOptions);
        // Nothing leaves of a case that was erased while its report was made.
        vault.store().assertKept(caseId);
        const digest = createHash('sha256').update(file).digest('hex');
        vault.note({ action: 'case.printed', caseId, detail: { as: format, report: hash, file: digest } });
        return { base64: Buffer.from(file).toString('base64'), hash };
      }),
    'report.check': async ({ content }) => {
      const hash = contentHash(content);
      const { id } = content.case;
      try {
        const now = await contentOf(id, { language: content.language, hideIdentity: content.identityHidden });
        return { state: contentHash(now) === hash ? 'same' : 'case-changed', made: madeOf(id, hash) };
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'case-not-found')) throw error;
        return { state: 'unknown-case', made: null };
      }
    },
  };
};
