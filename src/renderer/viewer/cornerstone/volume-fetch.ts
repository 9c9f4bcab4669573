/** Brings the decoded pixels of one series from the host: the contract tells shape and place, the bytes come by URL. */
import type { Client } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { answered } from '../../client/connection.ts';
import { holdVolume, type LoadedVolume, pixelsOf, storedVolume, type VolumeKey } from './volume-store.ts';

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

/**
 * Loads a volume and holds it in the store; the caller releases it. Rejects with the host's error, with
 * `volume-damaged`, or with the signal's reason when it was cancelled (nothing is held then).
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
  // A job that is already gone is no failure of the cancelling.
  const cancel = () => void client.call('job.cancel', { jobId }).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const info = await client.call('study.volume', { ...key, jobId });
    signal.throwIfAborted();
    const response = await answered(() => fetch(info.url, { signal }));
    if (!response.ok)
      throw new AppError('volume-unavailable', 'The images could not be read from the application. Load them again.', {
        params: { status: response.status },
      });
    const buffer = await answered(() => readBody(response, info.bytes, options));
    signal.throwIfAborted();
    return holdVolume(key, { info, pixels: pixelsOf(info, buffer) });
  } finally {
    signal.removeEventListener('abort', cancel);
    listening.abort();
  }
};
