/** The application's side of image archives: one process for each thing that is asked, which ends with it. */
import type { FoundStudies, PacsQuery, PlannedSeries } from '#shared/pacs/query.ts';
import type { CallOptions, WorkerClient } from '../workers/client.ts';
import type { DiskAccess } from '../workers/connection.ts';
import type { Reach, Stored } from './archive.ts';
import type { FetchParams, FetchResult, FindParams, PlanParams, StoreParams } from './worker-methods.ts';

/** Starts a process that may touch `access`. */
export type NewPacsWorker = (access: DiskAccess) => WorkerClient;

export class PacsService {
  readonly #newWorker: NewPacsWorker;
  readonly #workers = new Set<WorkerClient>();

  constructor(newWorker: NewPacsWorker) {
    this.#newWorker = newWorker;
  }

  echo(reach: Reach, options: CallOptions = {}): Promise<void> {
    return this.#call('echo', reach, options);
  }

  find(params: { reach: Reach; query: PacsQuery }, options: CallOptions = {}): Promise<FoundStudies> {
    return this.#call('find', params satisfies FindParams, options);
  }

  plan(params: PlanParams, options: CallOptions = {}): Promise<PlannedSeries[]> {
    return this.#call('plan', params, options);
  }

  fetch(params: FetchParams, options: CallOptions = {}): Promise<FetchResult> {
    return this.#call('fetch', params, options, { read: [], write: [params.folder] });
  }

  /** Objects are DICOM files in `folder`. */
  store(params: StoreParams, options: CallOptions = {}): Promise<Stored[]> {
    return this.#call('store', params, options, { read: [params.folder] });
  }

  /** Ends what is under way. */
  close(): void {
    for (const worker of this.#workers) worker.close();
  }

  async #call<T>(method: string, params: unknown, options: CallOptions, access: DiskAccess = { read: [] }): Promise<T> {
    const worker = this.#newWorker(access);
    this.#workers.add(worker);
    try {
      return await worker.call<T>(method, params, options);
    } finally {
      this.#workers.delete(worker);
      worker.close();
    }
  }
}
