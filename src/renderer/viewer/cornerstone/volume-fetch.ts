/** Brings decoded pixels of one series from the host: the contract tells shape and place, the bytes come by URL. */
import type { Client } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { answered } from '../../client/connection.ts';
import { keyOf, type VolumeKey } from './image-ids.ts';
import {
  holdSeries,
  holdVolume,
  type LoadedVolume,
  putSlice,
  reserve,
  type SeriesImages,
  storedSeries,
  storedVolume,
} from './volume-store.ts';
import { type Pixels, pixelsOf, sliceOf } from './voxels.ts';

export interface LoadProgress {
  /** Files decoded, then the bytes' turn (`transfer`). */
  phase: 'decode' | 'transfer';
  done: number;
  total: number;
}

export interface FetchOptions {
  client: Client;
  jobId: string;
  signal: AbortSignal;
  onProgress(progress: LoadProgress): void;
}

/** Reads a body of known length, so that progress can be told; a longer one than announced is refused. */
const readBody = async (response: Response, bytes: number, options: FetchOptions): Promise<ArrayBuffer> => {
  const reader = response.body?.getReader();
  if (!reader) return response.arrayBuffer();
  const buffer = new Uint8Array(bytes);
  let done = 0;
  for (;;) {
    const chunk = await reader.read();
    if (chunk.done) break;
    if (done + chunk.value.byteLength > bytes) {
      await reader.cancel();
      throw new AppError('volume-damaged', 'More image data arrived than was announced. Load the series again.', {
        params: { expected: bytes, received: done + chunk.value.byteLength },
      });
    }
    buffer.set(chunk.value, done);
    done += chunk.value.byteLength;
    options.onProgress({ phase: 'transfer', done, total: bytes });
  }
  return done === bytes ? buffer.buffer : buffer.slice(0, done).buffer;
};

const responseAt = async (url: string, signal?: AbortSignal): Promise<Response> => {
  const response = await answered(() => fetch(url, signal ? { signal } : {}));
  if (response.ok) return response;
  throw new AppError('volume-unavailable', 'The images could not be read from the application. Load them again.', {
    params: { status: response.status },
  });
};

/** Ends the host's job when `signal` aborts, for as long as `work` takes. */
const asJob = async <T>({ client, jobId, signal }: FetchOptions, work: () => Promise<T>): Promise<T> => {
  // A job that is already gone is no failure of the cancelling.
  const cancel = () => void client.call('job.cancel', { jobId }).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};

const MEGABYTE = 1024 ** 2;

/** All of a series and what else must be there whole is more than the page may hold. */
export const beyondBudget = (bytes: number): AppError => {
  const megabytes = Math.ceil(bytes / MEGABYTE);
  return new AppError(
    'images-beyond-budget',
    `This needs ${megabytes} MB of image memory beside what is shown, more than haicast may use. Show fewer series, or allow more in Settings, Memory for images.`,
    { params: { megabytes } },
  );
};

/**
 * Loads a whole series and holds it in the store; the caller releases it. Rejects with the host's error, with
 * `volume-damaged`, with `images-beyond-budget`, or with the signal's reason when it was cancelled (nothing is held then).
 */
export const fetchVolume = async (key: VolumeKey, options: FetchOptions): Promise<LoadedVolume> => {
  const known = storedVolume(key);
  if (known) return holdVolume(key, known);
  const { client, jobId, signal } = options;
  const listening = new AbortController();
  client.on(
    'job.progress',
    (event) => {
      if (event.jobId === jobId) options.onProgress({ phase: 'decode', done: event.done, total: event.total });
    },
    listening.signal,
  );
  try {
    return await asJob(options, async () => {
      const info = await client.call('study.volume', { ...key, jobId });
      signal.throwIfAborted();
      const giveBack = reserve(info.bytes);
      if (!giveBack) throw beyondBudget(info.bytes);
      try {
        const response = await responseAt(info.url, signal);
        const buffer = await answered(() => readBody(response, info.bytes, options));
        signal.throwIfAborted();
        const pixels = pixelsOf(info, buffer);
        giveBack();
        return holdVolume(key, { info, pixels });
      } finally {
        giveBack();
      }
    });
  } finally {
    listening.abort();
  }
};

const bytesOfSlice = async (info: VolumeInfo, k: number): Promise<Pixels> => {
  const response = await responseAt(`${info.url}/${k}`);
  const buffer = await answered(() => response.arrayBuffer());
  return sliceOf(info, buffer);
};

/**
 * Brings one slice of a series, the middle one where none is named, and holds the series; the caller releases it. Rejects as
 * `fetchVolume` does.
 */
export const fetchFirstSlice = async (
  key: VolumeKey,
  wanted: number | undefined,
  options: FetchOptions,
): Promise<SeriesImages> => {
  const known = storedSeries(key);
  if (known) return holdSeries(key, known.info);
  const { client, jobId, signal } = options;
  return await asJob(options, async () => {
    const input = { ...key, jobId, ...(wanted === undefined ? {} : { slice: wanted }) };
    const { info, slice } = await client.call('study.slice', input);
    signal.throwIfAborted();
    const pixels = await bytesOfSlice(info, slice);
    signal.throwIfAborted();
    const series = holdSeries(key, info);
    putSlice(key, slice, pixels);
    return series;
  });
};

/** Of all panes, by image: two that need one slice wait for one answer. */
const coming = new Map<string, Promise<void>>();

/** Brings a slice of a series that is held, unless it is there: small, and perhaps another pane's too, so that nobody cancels it. */
export const fetchSlice = async (key: VolumeKey, k: number): Promise<void> => {
  const series = storedSeries(key);
  if (!series || series.slice(k)) return;
  const name = `${keyOf(key)}/${k}`;
  const underWay = coming.get(name);
  if (underWay) return await underWay;
  const fetched = bytesOfSlice(series.info, k)
    .then((pixels) => putSlice(key, k, pixels))
    .finally(() => coming.delete(name));
  coming.set(name, fetched);
  await fetched;
};
