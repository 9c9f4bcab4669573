/**
 * The last value of each attribute. The images of a series repeat nearly all of their header: equal bytes give the value
 * that was made before, which saves the conversion, and a thousand copies of the same strings in memory.
 */
import type { FactValue } from '#shared/study/facts.ts';
import type { DecodeText } from '../text/character-set.ts';
import type { Encoding } from './element-reader.ts';

/** Longer values differ from image to image or are rare. */
const longestKept = 128;

interface Remembered {
  bytes: Uint8Array;
  vr: string;
  littleEndian: boolean;
  decode: DecodeText;
  value: FactValue;
}

const isSame = (known: Remembered, bytes: Uint8Array, start: number): boolean => {
  const own = known.bytes;
  // Numbers of images and positions differ at their end.
  for (let i = own.length - 1; i >= 0; i--) if (own[i] !== bytes[start + i]) return false;
  return true;
};

/** Values are shared between records; nobody may change them. */
export class ValueMemo {
  readonly #last = new Map<number, Remembered>();

  /** The value of `tag`, made by `make` where the bytes are not those of the last time. */
  value(
    tag: number,
    bytes: Uint8Array,
    { start, length, vr }: { start: number; length: number; vr: string },
    { littleEndian }: Encoding,
    decode: DecodeText,
    make: () => FactValue,
  ): FactValue {
    const known = this.#last.get(tag);
    if (
      known &&
      known.bytes.length === length &&
      known.vr === vr &&
      known.decode === decode &&
      known.littleEndian === littleEndian &&
      isSame(known, bytes, start)
    ) {
      return known.value;
    }
    const value = make();
    if (length <= longestKept) {
      this.#last.set(tag, {
        bytes: Uint8Array.from(bytes.subarray(start, start + length)),
        vr,
        littleEndian,
        decode,
        value,
      });
    }
    return value;
  }
}
