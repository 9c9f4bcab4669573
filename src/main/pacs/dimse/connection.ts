/** A connection as units of the upper layer (PS3.8): one at a time, none longer than was agreed, each within its time. */
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Reach } from '../archive.ts';
import { networkError, pacsError } from '../errors.ts';
import type { PacsLimits } from '../limits.ts';
import { PDU_HEADER, type Pdu } from './pdu.ts';

/** When something last came, on any of several connections that wait together. */
export class Patience {
  #last = performance.now();

  renew(): void {
    this.#last = performance.now();
  }

  /** Milliseconds until `limitMs` without anything are over. */
  left(limitMs: number): number {
    return limitMs - (performance.now() - this.#last);
  }
}

type ConnectionLimits = Pick<PacsLimits, 'answerMs' | 'pduBytes'>;

export class Connection {
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #patience: Patience;
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #bytes = 0;
  #failure: unknown;

  constructor(
    socket: Socket,
    {
      limits,
      signal,
      patience = new Patience(),
    }: { limits: ConnectionLimits; signal: AbortSignal; patience?: Patience },
  ) {
    this.#socket = socket.setNoDelay(true);
    this.#limits = limits;
    this.#patience = patience;
    this.#chunks = socket[Symbol.asyncIterator]();
    // A failure shows to whoever reads or writes.
    socket.on('error', () => undefined);
    const abort = () => this.destroy(signal.reason);
    if (signal.aborted) abort();
    else {
      signal.addEventListener('abort', abort, { once: true });
      socket.once('close', () => signal.removeEventListener('abort', abort));
    }
  }

  destroy(reason: unknown): void {
    this.#failure ??= reason;
    this.#socket.destroy();
  }

  /** Says its last word and closes. */
  end(bytes?: Uint8Array): void {
    this.#socket.end(bytes ?? Buffer.alloc(0), () => this.#socket.destroy());
  }

  async write(bytes: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    await this.#within(written);
    this.#patience.renew();
  }

  /** The next unit. Throws `pacs-slow`, `pacs-broken-off`, `pacs-answer` for one that is longer than was agreed. */
  async pdu(): Promise<Pdu> {
    this.#patience.renew();
    await this.#fill(PDU_HEADER);
    const head = this.#take(PDU_HEADER);
    const length = head.readUInt32BE(2);
    // Before anything is held for it: what it claims to be is not waited for.
    if (length > this.#limits.pduBytes) throw this.#failed(pacsError('pacs-answer', { detail: 'pdu-length' }));
    await this.#fill(length);
    return { type: head.readUInt8(), body: this.#take(length) };
  }

  async #fill(bytes: number): Promise<void> {
    while (this.#bytes < bytes) {
      const { value, done } = await this.#within(this.#chunks.next());
      if (done) throw this.#failed(pacsError('pacs-broken-off'));
      this.#held.push(value);
      this.#bytes += value.length;
    }
  }

  #take(length: number): Buffer {
    const all = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held);
    this.#held = all.length > length ? [all.subarray(length)] : [];
    this.#bytes -= length;
    return all.subarray(0, length);
  }

  #failed(error: unknown): unknown {
    this.destroy(error);
    return this.#failure;
  }

  async #within<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      const left = this.#patience.left(this.#limits.answerMs);
      if (left <= 0) this.destroy(pacsError('pacs-slow'));
      else timer = setTimeout(look, left);
    };
    look();
    try {
      return await work;
    } catch (error) {
      throw this.#failure ?? networkError(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A socket that is connected, and over TLS knows whom it speaks with. Throws any of `errors.ts` that a network stands for. */
export const openSocket = async (
  { address, ca, certificate, key }: Reach,
  limits: Pick<PacsLimits, 'connectMs'>,
  signal: AbortSignal,
): Promise<Socket> => {
  if (address.kind !== 'dimse') throw new TypeError('no address of the DICOM network');
  signal.throwIfAborted();
  const { host, port, tls } = address;
  const socket = tls
    ? connectTls({ host, port, minVersion: 'TLSv1.2', ca, cert: certificate, key })
    : connectPlain({ host, port });
  const abort = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => socket.destroy(pacsError('pacs-unreachable')), limits.connectMs);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(tls ? 'secureConnect' : 'connect', resolve).once('error', reject);
      socket.once('close', () => reject(pacsError('pacs-broken-off')));
    });
    return socket;
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
};
