/** What leaves the page on paper or as a file is kept in the audit log before it does. */
import { useClient, useHost } from '../client/index.ts';
import { useCaseStore } from '../stores/case.ts';
import { useNoticesStore } from '../stores/notices.ts';

export const useLeavingPage = () => {
  const client = useClient();
  const host = useHost();
  const current = useCaseStore();
  const notices = useNoticesStore();
  const leaving = (as: 'paper' | 'pdf', leave: () => Promise<unknown>) =>
    notices.guarded(async () => {
      await client.call('cases.printed', { ...(current.savedCase ? { id: current.savedCase.id } : {}), as });
      await leave();
    });
  return {
    print: () => leaving('paper', () => host.printReport()),
    /** @param name never holds an identifier */
    pdf: (name: string) =>
      leaving('pdf', async () => {
        if (!(await host.savePdf(name))) await host.printReport();
      }),
  };
};
