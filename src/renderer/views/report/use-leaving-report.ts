/** The report that is on screen, as a file or on paper; each is in the audit log by the hash of what it says. */
import type { ReportContent } from '#shared/report/report-content.ts';
import { useClient, useHost } from '../../client/index.ts';
import { useJobsStore } from '../../stores/jobs.ts';
import { useNoticesStore } from '../../stores/notices.ts';

export interface LeavingReport {
  readonly content: ReportContent;
  readonly hash: string;
}

export const useLeavingReport = () => {
  const client = useClient();
  const host = useHost();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  return {
    save: ({ content, hash }: LeavingReport, format: 'pdf' | 'html', appendix: boolean) =>
      notices.guarded(async () => {
        const asked = { caseId: content.case.id, language: content.language, format, appendix, hash };
        const { base64 } = await jobs.run('report', (jobId) => client.call('report.make', { ...asked, jobId }));
        await host.saveReport(format, base64);
      }),
    print: ({ content, hash }: LeavingReport) =>
      notices.guarded(async () => {
        await client.call('cases.printed', { id: content.case.id, as: 'paper', report: hash });
        await host.printReport();
      }),
  };
};
