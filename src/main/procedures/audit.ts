import { exportAudit } from '../cases/audit/export-audit.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import type { Vault } from '../cases/vault.ts';
import type { DestinationResolver } from './deidentify.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface AuditHandlerOptions {
  vault: Vault;
  jobs: Jobs;
  resolveDestination: DestinationResolver;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

export const auditHandlers = ({
  vault,
  jobs,
  resolveDestination,
  covered,
}: AuditHandlerOptions): HandlersOf<'audit'> => ({
  'audit.list': (query) => vault.store().auditPage(query, covered().caseIds),
  'audit.names': () => vault.store().auditNames(),
  'audit.export': ({ destination, jobId, ...filter }) =>
    jobs.run(jobId, async ({ signal, onProgress }) => {
      const store = vault.store();
      const folder = resolveDestination(destination);
      const report = (done: number) => onProgress('export', done, 0);
      const written = await exportAudit(store, filter, { folder, now: new Date(), signal, onProgress: report });
      vault.note({ action: 'audit.exported', caseId: null, detail: { entries: written.entries } });
      return written;
    }),
});
