/** What the process does that speaks with archives: it reads what others send, and holds nothing of haicast but what a call brings. */
import type { FoundStudies, PacsQuery, PlannedSeries } from '#shared/pacs/query.ts';
import type { MethodContext } from '../workers/server.ts';
import type { Archive, Reach, SeriesOfArchive, Stored } from './archive.ts';
import { dicomwebArchive } from './dicomweb/dicomweb-archive.ts';
import { dimseArchive } from './dimse/dimse-archive.ts';
import { pacsError } from './errors.ts';
import { type Asked, Landing } from './fetch/landing.ts';
import { type PacsLimits, pacsLimits } from './limits.ts';
import { outgoingIn } from './send/outgoing.ts';

export interface FindParams {
  reach: Reach;
  query: PacsQuery;
}
export interface PlanParams {
  reach: Reach;
  studyInstanceUID: string;
}
export interface FetchParams {
  reach: Reach;
  asked: Asked;
  /** Series Instance UIDs; of others nothing is fetched. */
  series: readonly string[];
  folder: string;
}
export interface FetchResult {
  images: number;
  here: number;
  bytes: number;
}
export interface StoreParams {
  reach: Reach;
  /** Its DICOM files are sent, and nothing else that lies there. */
  folder: string;
}

const planned = ({ instances: _instances, sopClasses: _classes, ...series }: SeriesOfArchive): PlannedSeries => series;

const wantedOf = (all: readonly SeriesOfArchive[], wanted: readonly string[]): SeriesOfArchive[] => {
  const chosen = all.filter(({ seriesInstanceUID }) => wanted.includes(seriesInstanceUID));
  // Between the preview and now it may have lost one.
  if (chosen.length < new Set(wanted).size) throw pacsError('pacs-not-there');
  return chosen;
};

export const pacsWorkerMethods = (limits: PacsLimits = pacsLimits) => {
  const withArchive = async <T>(reach: Reach, work: (archive: Archive) => Promise<T>): Promise<T> => {
    const archive = (reach.address.kind === 'dimse' ? dimseArchive : dicomwebArchive)(reach, limits);
    try {
      return await work(archive);
    } finally {
      archive.close();
    }
  };
  return {
    echo: (reach: Reach, { signal }: MethodContext): Promise<void> =>
      withArchive(reach, (archive) => archive.echo(signal)),
    find: ({ reach, query }: FindParams, { signal }: MethodContext): Promise<FoundStudies> =>
      withArchive(reach, (archive) => archive.findStudies(query, signal)),
    plan: ({ reach, studyInstanceUID }: PlanParams, { signal }: MethodContext): Promise<PlannedSeries[]> =>
      withArchive(reach, async (archive) => (await archive.series(studyInstanceUID, signal)).map(planned)),
    fetch: ({ reach, asked, series, folder }: FetchParams, { signal, progress }: MethodContext): Promise<FetchResult> =>
      withArchive(reach, async (archive) => {
        const wanted = wantedOf(await archive.series(asked.studyInstanceUID, signal), series);
        const all = new Set(wanted.flatMap(({ instances }) => instances));
        let here = 0;
        const landing = new Landing(folder, {
          asked,
          mostBytes: limits.studyBytes,
          settled: (images) => progress('fetch', here + images, all.size),
        });
        for (const instance of all) if (landing.has(instance)) here += 1;
        progress('fetch', here, all.size);
        await archive.retrieve(wanted, landing, signal);
        const missing = [...all].filter((instance) => !landing.has(instance)).length;
        if (missing > 0) throw pacsError('pacs-missing', { params: { n: missing } });
        return { images: all.size, here, bytes: landing.bytes };
      }),
    store: ({ reach, folder }: StoreParams, { signal, progress }: MethodContext): Promise<Stored[]> =>
      withArchive(reach, async (archive) => {
        const objects = await outgoingIn(folder);
        return await archive.store(objects, (done) => progress('send', done, objects.length), signal);
      }),
  };
};
