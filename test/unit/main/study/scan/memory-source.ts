import type { InputFile } from '../../../../../src/main/study/bytes/input.ts';
import { endsTooEarly } from '../../../../../src/main/study/scan/refusal.ts';

/** A file in memory, that counts the bytes that were asked for. */
export const memoryFile = (bytes: Uint8Array, file = 'a.dcm'): InputFile & { asked: { bytes: number } } => {
  const asked = { bytes: 0 };
  return {
    file,
    asked,
    open: (use) =>
      use({
        file,
        size: bytes.length,
        head: async (length) => {
          asked.bytes = Math.max(asked.bytes, length);
          return bytes.subarray(0, length);
        },
        read: async (offset, length) => {
          if (offset + length > bytes.length) throw endsTooEarly(offset + length, bytes.length);
          asked.bytes = Math.max(asked.bytes, length);
          return bytes.slice(offset, offset + length);
        },
      }),
  };
};

export const quiet = { signal: new AbortController().signal, progress: () => {} };
