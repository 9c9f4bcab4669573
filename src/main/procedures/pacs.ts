import { rm } from 'node:fs/promises';
import { canonicalJson } from '#shared/canonical-json.ts';
import { AppError, toErrorShape } from '#shared/errors.ts';
import { type PacsAddress, shownAddress } from '#shared/pacs/node.ts';
import type { ExportKind } from '#shared/report/export-kinds.ts';
import type { AuditEvent } from '../cases/audit/audit-chain.ts';
import { isLie, isNothingSent } from '../pacs/errors.ts';
import { FETCHED_PREFIX, type Fetched } from '../pacs/fetch/fetched.ts';
import type { Unopened } from '../pacs/fetch/unopened.ts';
import type { PacsNodes } from '../pacs/nodes.ts';
import type { PacsService } from '../pacs/pacs-service.ts';
import { whileKept } from '../pacs/send/while-kept.ts';
import { SharedWork } from '../workers/shared-work.ts';
import type { ExportInto } from './export-case.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface PacsHandlerOptions {
  nodes: Pick<PacsNodes, 'save' | 'remove' | 'list' | 'reach'>;
  service: Pick<PacsService, 'echo' | 'find' | 'plan' | 'fetch' | 'store'>;
  fetched: Fetched;
  jobs: Jobs;
  exportInto: ExportInto;
  /** Throws where the case was erased meanwhile, or the records are locked. */
  assertKept: (caseId: string) => void;
  /** Is the history open? What is fetched while it is locked is nobody's to open. */
  isOpen: () => boolean;
  /** Does what was fetched stay for as long as haicast runs, opened or not? As the hospital sets it. */
  staysUnopened: () => boolean;
  /** Lets go of what nobody opens. */
  unopened: Pick<Unopened, 'stop' | 'wait'>;
  note: (event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>) => void;
}

/** Where it is: of a service its origin alone, since its path may be known to few. */
const placeOf = (address: PacsAddress): string =>
  address.kind === 'dicomweb' ? new URL(address.url).origin : shownAddress(address);

export const pacsHandlers = (options: PacsHandlerOptions): HandlersOf<'pacs'> => {
  const { nodes, service, fetched, jobs, exportInto, assertKept, isOpen, staysUnopened, unopened, note } = options;
  const fetches = new SharedWork();

  /** What was fetched under a false name is not to be opened, nor to be gone on with. */
  const fetchInto = async (id: string, work: () => Promise<{ images: number; here: number; bytes: number }>) => {
    unopened.stop(id);
    try {
      return await work();
    } catch (error) {
      if (isLie(error)) await fetched.remove(id);
      throw error;
    } finally {
      // A part of it, too: it is there to be gone on with.
      unopened.wait(id);
    }
  };

  /** Who looked, and where: not for whom. Also where nothing came of it: what was searched for has left all the same. */
  const noteSearch = (archive: string, result: { studies: number } | { reason: string }) =>
    note({ action: 'pacs.searched', caseId: null, detail: { archive, ...result } });

  return {
    'pacs.save': (node) => {
      nodes.save(node);
      const { address } = node;
      // Where to, since what has a known name may be sent elsewhere from now on.
      note({ action: 'pacs.saved', caseId: null, detail: { archive: address.name, address: placeOf(address) } });
      return { nodes: nodes.list() };
    },

    'pacs.remove': ({ name }) => {
      nodes.remove(name);
      note({ action: 'pacs.removed', caseId: null, detail: { archive: name } });
      return { nodes: nodes.list() };
    },

    'pacs.echo': ({ node, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const startedAt = performance.now();
        await service.echo(nodes.reach(node), callOptions);
        return { ms: performance.now() - startedAt };
      }),

    'pacs.find': ({ node, query, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const reach = nodes.reach(node);
        try {
          const found = await service.find({ reach, query }, callOptions);
          noteSearch(node, { studies: found.studies.length });
          return found;
        } catch (error) {
          noteSearch(node, { reason: toErrorShape(error).code });
          throw error;
        }
      }),

    'pacs.plan': ({ node, studyInstanceUID, jobId }) =>
      jobs.run(jobId, async (callOptions) => ({
        series: await service.plan({ reach: nodes.reach(node), studyInstanceUID }, callOptions),
      })),

    'pacs.fetch': ({ node, studyInstanceUID, patientId, series, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const reach = nodes.reach(node);
        const place = { address: reach.address, studyInstanceUID, patientId };
        const wanted = [...new Set(series)].sort();
        const asked = { studyInstanceUID, patientId: patientId === '' ? undefined : patientId };
        const wasOpen = isOpen();
        const same = { place: canonicalJson(place), what: canonicalJson(wanted) };
        const { id, ...result } = await fetches.do(same, callOptions, async (options) => {
          const { id: own, folder } = await fetched.folderFor(place);
          const fetching = () => service.fetch({ reach, asked, series: wanted, folder }, options);
          return { id: own, ...(await fetchInto(own, fetching)) };
        });
        note({ action: 'study.fetched', caseId: null, detail: { archive: node, images: result.images } });
        if (wasOpen && !isOpen() && !staysUnopened()) {
          await fetched.remove(id);
          throw new AppError(
            'fetched-locked',
            'The case history was locked while the study was fetched, so what came was removed. Unlock it and fetch the study again.',
          );
        }
        return { path: `${FETCHED_PREFIX}${id}`, ...result };
      }),

    'pacs.send': ({ node, id, as, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const reach = nodes.reach(node);
        const folder = fetched.passingFolder();
        try {
          const wanted = new Set<ExportKind>(as);
          const { exported, noteLeft } = await exportInto({ id, wanted, folder, options: callOptions });
          const noteSent = (result: Record<string, number | string>) =>
            note({ action: 'case.sent', caseId: id, detail: { archive: node, as: [...wanted].join(' '), ...result } });
          assertKept(id);
          const store = whileKept(callOptions, () => assertKept(id));
          let stored: Awaited<ReturnType<typeof service.store>>;
          try {
            stored = await store.run((options) => service.store({ reach, folder }, options));
          } catch (error) {
            // What the archive had answered for is there, and what was on its way may be.
            if (store.done() > 0 || !isNothingSent(error)) noteLeft();
            noteSent({ files: store.done(), reason: toErrorShape(error).code });
            throw error;
          }
          const refused = stored.filter(({ failure }) => failure !== undefined);
          const sent = stored.length - refused.length;
          if (sent > 0) noteLeft();
          noteSent({ files: sent, refused: refused.length });
          return {
            sent,
            refused: refused.map(({ failure = 0 }) => failure),
            notMade: exported.notMade,
            namesImages: exported.namesImages,
          };
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
  };
};

/** Where the files of a fetched study lie now. Throws `fetched-gone`. */
export const fetchedPath = (fetched: Fetched, id: string): string => {
  const path = fetched.pathOf(id);
  if (path !== undefined) return path;
  throw new AppError('fetched-gone', 'What was fetched of this study is no longer there. Fetch it again.');
};
