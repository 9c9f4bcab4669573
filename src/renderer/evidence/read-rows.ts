/** The rows of the evidence as the page takes them: a thousand at a time, of one edition. */
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import type { useClient } from '../client/index.ts';

export interface ReadRows {
  readonly rows: readonly EvidenceRow[];
  /** Of made-up patients, and of nobody else. */
  readonly simulated: boolean;
  readonly unreadable: number;
  /** Left out, since whoever looks still reads them in a reader study. */
  readonly inStudy: number;
}

/** Throws `evidence-changed` where the courses were read anew meanwhile. */
export const readEvidenceRows = async (
  client: Pick<ReturnType<typeof useClient>, 'call'>,
  jobId: string,
): Promise<ReadRows> => {
  const first = await client.call('evidence.rows', { from: 0, jobId });
  const { total, edition, simulated, unreadable, inStudy } = first;
  const rows = [...first.rows];
  while (rows.length < total) {
    const next = await client.call('evidence.rows', { from: rows.length, edition, jobId });
    rows.push(...next.rows);
  }
  return { rows, simulated, unreadable, inStudy };
};
