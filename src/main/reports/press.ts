/** Has reports made in a process of their own, which ends when none was wanted for a while. */
import type { Place } from '#shared/report/fit-sheet.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { CallOptions, WorkerClient } from '../workers/client.ts';
import type { ReportFormat } from './embedded-report.ts';
import type { ReportPicture } from './pdf/pictures.ts';

export interface PrintRequest {
  content: ReportContent;
  /** By id, of every picture that the content names. */
  pictures: readonly (readonly [string, ReportPicture])[];
  format: ReportFormat;
  appendix: boolean;
}

export type PressWorker = Pick<WorkerClient, 'call' | 'close'>;

/** The fonts are some hundred megabytes of memory: not for a whole day after one report. */
const IDLE_MS = 120_000;

export class ReportPress {
  readonly #open: () => PressWorker;
  readonly #idleMs: number;
  #worker: PressWorker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #running = 0;

  constructor(open: () => PressWorker, idleMs = IDLE_MS) {
    this.#open = open;
    this.#idleMs = idleMs;
  }

  /** How a report stands on paper, for who draws it elsewhere. */
  places(content: ReportContent): Promise<Place[]> {
    return this.#call('places', { content }, {});
  }

  /** The bytes of a file; equal for equal content. Throws `picture-unreadable`, `cancelled`, `worker-died`. */
  async print(request: PrintRequest, options: CallOptions = {}): Promise<Uint8Array> {
    return await this.#call<Uint8Array>('print', request, options);
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#worker?.close();
    this.#worker = undefined;
  }

  async #call<T>(method: string, params: unknown, options: CallOptions): Promise<T> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#open();
    this.#running += 1;
    try {
      return await this.#worker.call<T>(method, params, options);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle = setTimeout(() => this.close(), this.#idleMs).unref();
    }
  }
}
