/** A file on disk as a byte source. Callbacks of `node:fs`, since a promise per step costs more than the read itself. */
import { close, closeSync, fstat, open, read } from 'node:fs';
import type { ByteSource } from '../scan/read-file.ts';
import { endsTooEarly } from '../scan/refusal.ts';
import type { InputFile } from './input.ts';

const openFile = (path: string): Promise<number> =>
  new Promise((resolve, reject) =>
    open(path, 'r', (error, descriptor) => (error ? reject(error) : resolve(descriptor))),
  );

const fileSize = (descriptor: number): Promise<number> =>
  new Promise((resolve, reject) => fstat(descriptor, (error, stats) => (error ? reject(error) : resolve(stats.size))));

const readAt = (descriptor: number, into: Uint8Array, at: number, position: number): Promise<number> =>
  new Promise((resolve, reject) =>
    read(descriptor, into, at, into.length - at, position, (error, count) => (error ? reject(error) : resolve(count))),
  );

/** Fills `into` with the bytes from `position` on, until it is full or the file ends; `filled` of them are there. */
const fill = async (descriptor: number, into: Uint8Array, position: number, alreadyFilled = 0): Promise<number> => {
  let filled = alreadyFilled;
  while (filled < into.length) {
    const count = await readAt(descriptor, into, filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
};

/** Buffers for heads that are free again: a scan of thousands of files needs only as many as are open at once. */
const freeBuffers: Uint8Array[] = [];
const pooledBytes = 64 * 1024;
const mostFreeBuffers = 32;

export const diskFile = (path: string, file: string): InputFile => ({
  file,
  open: async (use) => {
    const descriptor = await openFile(path);
    let buffer: Uint8Array | undefined;
    let filled = 0;
    try {
      const size = await fileSize(descriptor);
      const source: ByteSource = {
        file,
        size,
        read: async (offset, length) => {
          // Before the allocation: the length comes from the file and may claim anything.
          if (offset + length > size) throw endsTooEarly(offset + length, size);
          const bytes = new Uint8Array(length);
          const count = await fill(descriptor, bytes, offset);
          if (count < length) throw endsTooEarly(offset + length, offset + count);
          return bytes;
        },
        head: async (length) => {
          if (!buffer || buffer.length < length) {
            const grown =
              length <= pooledBytes ? (freeBuffers.pop() ?? new Uint8Array(pooledBytes)) : new Uint8Array(length);
            if (buffer) grown.set(buffer.subarray(0, filled));
            buffer = grown;
          }
          filled = await fill(descriptor, buffer.subarray(0, length), 0, Math.min(filled, length));
          return buffer.subarray(0, filled);
        },
      };
      return await use(source);
    } finally {
      if (buffer?.length === pooledBytes && freeBuffers.length < mostFreeBuffers) freeBuffers.push(buffer);
      closeDescriptor(descriptor);
    }
  },
});

/** Closing a file that was only read has nothing to wait for; on a slow network share it must not block either. */
const closeDescriptor = (descriptor: number): void => {
  if (process.platform === 'linux') closeSync(descriptor);
  else close(descriptor);
};
