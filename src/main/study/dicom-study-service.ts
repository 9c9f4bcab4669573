/** The application's side of opened studies: handles, a cache of decoded volumes, and recovery of a lost worker. */
import { randomUUID } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { DeidentificationPreview, ExportResult } from '#shared/study/deidentify.ts';
import type { OpenedStudies, ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import type { Thumbnail } from '#shared/study/thumbnail.ts';
import { abortable } from '../workers/abortable.ts';
import type { CallOptions, WatchedCallOptions, WorkerClient } from '../workers/client.ts';
import type { DiskAccess } from '../workers/connection.ts';
import { type Same, SharedWork } from '../workers/shared-work.ts';
import { needsItsFolder } from './bytes/input.ts';
import type { DecodedSlice, DecodedVolume, StudySource } from './records.ts';
import type { StudyService } from './service.ts';
import { cutSlice } from './volumes/cut-slice.ts';
import { decodeStalled } from './volumes/decode-stalled.ts';
import { VolumeCache } from './volumes/volume-cache.ts';
import {
  type ExportEndedParams,
  type ExportParams,
  type OpenParams,
  type OpenResult,
  type PreviewParams,
  type ReferencesParams,
  type SeriesParams,
  type SliceParams,
  type StackReferences,
  type StartExportParams,
  type TagsParams,
  unknownHandle,
} from './worker-methods-contract.ts';

interface OpenHandle {
  source: StudySource;
  opened: OpenedStudies;
  process: StudyProcess;
  /** By series: two panes that ask for one decode it once. */
  decoding: SharedWork;
}

/** The process of one opened input, which can touch that input and nothing else of the disk. */
interface StudyProcess {
  worker: WorkerClient;
  read: readonly string[];
}

/** A copy under way, in a process of its own: no other may write, and it only to where the copy goes. */
interface RunningExport {
  /** Ends it as cancelled. */
  cancel: () => void;
  ended: Promise<unknown>;
}

/** Starts a process that may touch `access`; the caller closes it. */
export type NewStudyWorker = (access: DiskAccess) => WorkerClient;

const defaultCacheBytes = (): number => 768 * 1024 ** 2;

/** A series that never ends is asked for a slice, for all of it and for its thumbnail, and each of them holds a process once. */
const WAYS_TO_HOLD = 3;

/** Of most series, before one of them is decoded. */
const USUAL_VOXEL_BYTES = 2;

/** No image of a series takes a codec near this long, and a disk or network that does not answer in it is lost. */
const defaultSilenceMs = 30_000;

export interface DicomStudyServiceOptions {
  /** Of decoded volumes, as it is allowed now: six phases of a liver study where it is not said. The worker can decode any of them again. */
  cacheBytes?: () => number;
  /** How long a decode may show no progress before its worker process is ended. */
  silenceMs?: number;
}

/** Nobody is left to take back what a process that died has written. */
const brokenOff = (cause: AppError): AppError =>
  new AppError(
    'export-broken-off',
    'The export broke off, and the folder may hold a part of the copy. Delete what is in it and export again.',
    { cause, ...(cause.detail === undefined ? {} : { detail: cause.detail }) },
  );

const decodingOf = (seriesId: string): Same => ({ place: seriesId, what: 'decode' });

const notOpen = () => new AppError('not-open', 'This study is not open any more. Open it again.');

export class DicomStudyService implements StudyService {
  readonly #newWorker: NewStudyWorker;
  readonly #workers = new Set<WorkerClient>();
  readonly #exports = new Map<string, Set<RunningExport>>();
  readonly #handles = new Map<string, OpenHandle>();
  readonly #cacheBytes: () => number;
  readonly #volumes: VolumeCache;
  /** Inputs that are being opened again after the worker died, by handle. */
  readonly #reopening = new Map<string, Promise<void>>();

  readonly #silenceMs: number;

  constructor(newWorker: NewStudyWorker, options: DicomStudyServiceOptions = {}) {
    this.#newWorker = newWorker;
    this.#cacheBytes = options.cacheBytes ?? defaultCacheBytes;
    this.#volumes = new VolumeCache(this.#cacheBytes);
    this.#silenceMs = options.silenceMs ?? defaultSilenceMs;
  }

  async open(source: StudySource, options: CallOptions = {}): Promise<OpenedStudies> {
    const startedAt = performance.now();
    const openId = randomUUID();
    const { process, result } = await this.#start({ openId, path: resolve(source.path) }, options);
    const opened = {
      openId,
      name: basename(source.path),
      elapsedMs: performance.now() - startedAt,
      ...(source.kind === 'demo' ? { simulated: true } : {}),
      ...result,
    };
    // Nothing to look at is nothing to keep open.
    if (result.studies.length > 0) this.#handles.set(openId, { source, opened, process, decoding: new SharedWork() });
    else this.#end(process.worker);
    return opened;
  }

  async close(openId: string): Promise<void> {
    const handle = this.#handles.get(openId);
    if (!handle) return;
    this.#handles.delete(openId);
    this.#volumes.deleteAll(openId);
    this.#end(handle.process.worker, notOpen());
    // What was written of a copy is taken back: a part of it would look like all of it.
    const running = [...(this.#exports.get(openId) ?? [])];
    for (const { cancel } of running) cancel();
    await Promise.all(running.map(({ ended }) => ended));
  }

  /** Ends all processes; what is under way fails. */
  closeAll(): void {
    for (const worker of this.#workers) this.#end(worker);
  }

  /** Of the processes that live now, the oldest study's first. */
  get processIds(): number[] {
    return [...this.#workers].flatMap(({ pid }) => pid ?? []);
  }

  #begin(access: DiskAccess): WorkerClient {
    const worker = this.#newWorker(access);
    this.#workers.add(worker);
    return worker;
  }

  #end(worker: WorkerClient, reason?: AppError): void {
    this.#workers.delete(worker);
    worker.close(reason);
  }

  async #openIn(read: string[], params: OpenParams, options: CallOptions) {
    const worker = this.#begin({ read });
    try {
      return { process: { worker, read }, result: await worker.call<OpenResult>('open', params, options) };
    } catch (error) {
      this.#end(worker);
      throw error;
    }
  }

  /** Only its bytes tell a DICOMDIR, and they are not read in this process. Its records refer into its folder. */
  async #start(params: OpenParams, options: CallOptions) {
    try {
      return await this.#openIn([params.path], params, options);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== needsItsFolder) throw error;
      return await this.#openIn([dirname(params.path)], params, options);
    }
  }

  opened(openId: string): OpenedStudies | undefined {
    return this.#handles.get(openId)?.opened;
  }

  source(openId: string): StudySource {
    return this.#handle(openId).source;
  }

  study(openId: string, studyInstanceUID: string): ScannedStudy {
    const [study, another] = this.#handle(openId).opened.studies.filter(
      (found) => found.studyInstanceUID === studyInstanceUID,
    );
    if (another) {
      // The UID is all that a caller can name: taking the first could keep one patient's images under another's name.
      throw new AppError(
        'patients-mixed',
        'Two patients share one StudyInstanceUID, so haicast cannot tell their images apart safely. Export each patient on its own and open them one at a time.',
      );
    }
    if (!study) throw new AppError('no-study', 'This study is not part of what is open. Open it again.');
    return study;
  }

  async volume(openId: string, seriesId: string, options: CallOptions = {}): Promise<DecodedVolume> {
    const { decoding } = this.#handle(openId);
    const cached = this.#volumes.get(openId, seriesId);
    return cached ?? (await decoding.do(decodingOf(seriesId), options, this.#decodeAndKeep({ openId, seriesId })));
  }

  decodeAhead(openId: string, seriesIds: readonly string[]): void {
    const { decoding } = this.#handle(openId);
    let room = this.#cacheBytes();
    for (const seriesId of seriesIds) {
      const series = this.#series({ openId, seriesId });
      room -= series ? series.rows * series.columns * series.instances * USUAL_VOXEL_BYTES : 0;
      // What could not be kept would be decoded again when it is asked for.
      if (room < 0) return;
      if (!this.#volumes.get(openId, seriesId))
        decoding.ahead(decodingOf(seriesId), this.#decodeAndKeep({ openId, seriesId }));
    }
  }

  /** Kept for a moment as volumes are, since its bytes are asked for by another way than its description. */
  async slice(
    openId: string,
    seriesId: string,
    slice: number | undefined,
    options: CallOptions = {},
  ): Promise<DecodedSlice> {
    const params: SliceParams = { openId, seriesId, slice };
    this.#handle(openId);
    const whole = this.#volumes.get(openId, seriesId);
    if (whole) return cutSlice(whole, slice);
    const kept = slice === undefined ? undefined : this.#volumes.get(openId, seriesId, slice);
    if (slice !== undefined && kept) return { ...kept, slice };
    const found = await this.#decode<DecodedSlice>('slice', params, options);
    if (this.#handles.has(openId)) this.#volumes.set(openId, seriesId, found, found.slice);
    return found;
  }

  /** Lets go of what is more than what is allowed now. */
  trim(): void {
    this.#volumes.trim();
  }

  /** Decoded voxels that are kept, bytes. */
  get heldBytes(): number {
    return this.#volumes.bytes;
  }

  async thumbnail(openId: string, seriesId: string, options: CallOptions = {}): Promise<Thumbnail> {
    const params: SeriesParams = { openId, seriesId };
    // Nobody waits for a thumbnail as they wait for a pane.
    await this.#handle(openId).decoding.idle(options.signal);
    return await this.#withReopening(openId, 'thumbnail', params, this.#watched(params, options));
  }

  async tags(openId: string, seriesId: string, index: number): Promise<ProcedureOutput<'study.tags'>> {
    const params: TagsParams = { openId, seriesId, index };
    this.#handle(openId);
    return await this.#withReopening(openId, 'tags', params, {});
  }

  async references(params: ReferencesParams): Promise<StackReferences[]> {
    this.#handle(params.openId);
    return await this.#withReopening(params.openId, 'references', params, {});
  }

  /** What would leave of one image; see `deidentify/`. */
  async previewDeidentified(params: PreviewParams): Promise<DeidentificationPreview> {
    this.#handle(params.openId);
    return await this.#withReopening(params.openId, 'previewDeidentified', params, {});
  }

  /** Writes a de-identified copy of series into an empty folder; takes it back where it is cancelled. */
  async exportDeidentified(params: ExportParams, options: CallOptions = {}): Promise<ExportResult> {
    const { openId } = params;
    const handle = this.#handle(openId);
    const closed = new AbortController();
    const signal = AbortSignal.any([closed.signal, ...(options.signal ? [options.signal] : [])]);
    const result = this.#export(handle, params, { ...options, signal });
    const running = { cancel: () => closed.abort(), ended: result.catch(() => undefined) };
    const all = this.#exports.get(openId) ?? new Set<RunningExport>();
    this.#exports.set(openId, all.add(running));
    try {
      return await result;
    } finally {
      all.delete(running);
      if (all.size === 0) this.#exports.delete(openId);
    }
  }

  async #export({ process, source }: OpenHandle, params: ExportParams, options: CallOptions): Promise<ExportResult> {
    const worker = this.#begin({ read: process.read, write: [params.folder] });
    const ended: ExportEndedParams = { exportId: randomUUID() };
    const start: StartExportParams = { ...params, ...ended };
    try {
      await worker.call('open', { openId: params.openId, path: resolve(source.path) } satisfies OpenParams, options);
      return await worker.call<ExportResult>('exportDeidentified', start, options);
    } catch (error) {
      // A folder that is said to be empty again must be so.
      if (options.signal?.aborted) await worker.call('exportEnded', ended).catch(() => undefined);
      if (error instanceof AppError && error.code === 'worker-died') throw brokenOff(error);
      throw error;
    } finally {
      this.#end(worker);
    }
  }

  #handle(openId: string): OpenHandle {
    const handle = this.#handles.get(openId);
    if (!handle) throw notOpen();
    return handle;
  }

  #decodeAndKeep(params: SeriesParams) {
    return async (options: CallOptions): Promise<DecodedVolume> => {
      const volume = await this.#decode<DecodedVolume>('decode', params, options);
      if (this.#handles.has(params.openId)) this.#volumes.set(params.openId, params.seriesId, volume);
      return volume;
    };
  }

  /** What another series held the worker of is done again, as often as that can be: that series fails, the others do not. */
  async #decode<T>(method: 'decode' | 'slice', params: SeriesParams, options: CallOptions): Promise<T> {
    const watched = this.#watched(params, options);
    for (let held = 0; ; held++) {
      try {
        return await this.#withReopening<T>(params.openId, method, params, watched);
      } catch (failure) {
        const isHeld = failure instanceof AppError && failure.params?.heldByAnother !== undefined;
        if (!isHeld || held === WAYS_TO_HOLD) throw failure;
      }
    }
  }

  #watched(params: SeriesParams, options: CallOptions): WatchedCallOptions {
    const error = () => decodeStalled(this.#series(params), this.#silenceMs);
    return { ...options, watchdog: { limitMs: this.#silenceMs, error } };
  }

  #series({ openId, seriesId }: SeriesParams): ScannedSeries | undefined {
    const series = this.opened(openId)?.studies.flatMap((study) => study.series);
    return series?.find(({ id }) => id === seriesId);
  }

  /** A worker that was started anew knows no handles: the input is opened again under the same one. */
  async #withReopening<T>(openId: string, method: string, params: unknown, options: WatchedCallOptions): Promise<T> {
    const { worker } = this.#handle(openId).process;
    try {
      return await worker.call<T>(method, params, options);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== unknownHandle) throw error;
      await abortable(this.#reopen(openId), options.signal);
      return await worker.call<T>(method, params, options);
    }
  }

  /** Once for all who ask meanwhile; it belongs to none of them, so that none can cancel it for the others. */
  #reopen(openId: string): Promise<void> {
    const underWay = this.#reopening.get(openId);
    if (underWay) return underWay;
    const { source, process } = this.#handle(openId);
    const params: OpenParams = { openId, path: resolve(source.path) };
    const reopening = process.worker.call<void>('reopen', params).finally(() => this.#reopening.delete(openId));
    this.#reopening.set(openId, reopening);
    return reopening;
  }
}
