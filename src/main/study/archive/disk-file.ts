/** A file on disk as a byte source. */
import { close, closeSync, fstatSync, open, openSync, read, readSync } from 'node:fs';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile } from '../bytes/input.ts';
import { endsTooEarly } from '../scan/refusal.ts';

/** Above this, waiting for the disk costs more than waking a thread to wait for it. */
const slowMs = 0.5;
const weightOfNewest = 0.1;

/**
 * How fast a disk answers. A local disk answers an open or read faster than a thread can be woken to wait for it, so
 * that calls in place make a scan of thousands of files a third faster. A network share takes milliseconds: then
 * callbacks keep many requests in flight. Every input starts as fast and is measured.
 */
export class DiskPace {
  #averageMs = 0;
  isSlow = false;

  /** Runs a call in place and learns from its duration. */
  inPlace<T>(call: () => T): T {
    const startedAt = performance.now();
    try {
      return call();
    } finally {
      const ms = performance.now() - startedAt;
      this.#averageMs += weightOfNewest * (ms - this.#averageMs);
      if (this.#averageMs > slowMs) this.isSlow = true;
    }
  }
}

const openFile = (path: string | Buffer, pace: DiskPace): number | Promise<number> =>
  pace.isSlow
    ? new Promise((resolve, reject) =>
        open(path, 'r', (error, descriptor) => (error ? reject(error) : resolve(descriptor))),
      )
    : pace.inPlace(() => openSync(path, 'r'));

const closeFile = (descriptor: number, pace: DiskPace): void => {
  // Nothing was written: there is nothing to wait for.
  if (pace.isSlow) close(descriptor);
  else closeSync(descriptor);
};

class DiskFile implements ByteSource {
  readonly file: string;
  readonly size: number;
  readonly #descriptor: number;
  readonly #pace: DiskPace;
  #buffer: Uint8Array | undefined;
  #filled = 0;

  constructor(file: string, descriptor: number, pace: DiskPace) {
    this.file = file;
    this.#descriptor = descriptor;
    this.#pace = pace;
    this.size = fstatSync(descriptor).size;
  }

  async head(length: number): Promise<Uint8Array> {
    const buffer = this.#reserve(length);
    this.#filled = await this.#fill(buffer.subarray(0, length), 0, Math.min(this.#filled, length));
    return buffer.subarray(0, this.#filled);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    // Before the allocation: the length comes from the file and may claim anything.
    if (offset + length > this.size) throw endsTooEarly(offset + length, this.size);
    const bytes = new Uint8Array(length);
    const count = await this.#fill(bytes, offset, 0);
    if (count < length) throw endsTooEarly(offset + length, offset + count);
    return bytes;
  }

  close(): void {
    if (this.#buffer) giveBuffer(this.#buffer);
    closeFile(this.#descriptor, this.#pace);
  }

  #reserve(length: number): Uint8Array {
    if (this.#buffer && this.#buffer.length >= length) return this.#buffer;
    const grown = takeBuffer(length);
    if (this.#buffer) grown.set(this.#buffer.subarray(0, this.#filled));
    this.#buffer = grown;
    return grown;
  }

  /** Fills `into` from `position` in the file on, until it is full or the file ends; returns how much is filled. */
  async #fill(into: Uint8Array, position: number, alreadyFilled: number): Promise<number> {
    let filled = alreadyFilled;
    while (filled < into.length) {
      const read = this.#readAt(into, filled, position + filled);
      const count = typeof read === 'number' ? read : await read;
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  #readAt(into: Uint8Array, at: number, position: number): number | Promise<number> {
    const length = into.length - at;
    if (!this.#pace.isSlow) return this.#pace.inPlace(() => readSync(this.#descriptor, into, at, length, position));
    return new Promise((resolve, reject) =>
      read(this.#descriptor, into, at, length, position, (error, count) => (error ? reject(error) : resolve(count))),
    );
  }
}

/** Buffers for heads that are free again: a scan of thousands of files needs only as many as are open at once. */
const freeBuffers: Uint8Array[] = [];
const pooledBytes = 192 * 1024;
const mostFreeBuffers = 32;

const takeBuffer = (length: number): Uint8Array =>
  length <= pooledBytes ? (freeBuffers.pop() ?? new Uint8Array(pooledBytes)) : new Uint8Array(length);

const giveBuffer = (buffer: Uint8Array): void => {
  if (buffer.length === pooledBytes && freeBuffers.length < mostFreeBuffers) freeBuffers.push(buffer);
};

/** `pace` is shared by the files of one input. */
export const diskFile = (path: string | Buffer, file: string, pace: DiskPace): InputFile => ({
  file,
  open: async (use) => {
    const source = new DiskFile(file, await openFile(path, pace), pace);
    try {
      return await use(source);
    } finally {
      source.close();
    }
  },
});
