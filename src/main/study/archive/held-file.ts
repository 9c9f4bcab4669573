/** A file whose bytes are in memory, because what holds it can only be read from its beginning on. */

import type { InputFile } from '../bytes/input.ts';
import { endsTooEarly } from '../scan/refusal.ts';

export const heldFile = (file: string, bytes: Uint8Array): InputFile => ({
  file,
  open: (use) =>
    use({
      file,
      size: bytes.length,
      head: async (length) => bytes.subarray(0, length),
      read: async (offset, length) => {
        if (offset + length > bytes.length) throw endsTooEarly(offset + length, bytes.length);
        return bytes.slice(offset, offset + length);
      },
    }),
});
