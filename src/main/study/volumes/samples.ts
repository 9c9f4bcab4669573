/** Stored values out of bytes (PS3.5 8.1.1): cells of BitsAllocated bits in which BitsStored end at HighBit. */

export interface SampleLayout {
  bytesPerSample: 1 | 2 | 4;
  littleEndian: boolean;
  bitsStored: number;
  highBit: number;
  signed: boolean;
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Cells of one frame as unsigned numbers, in the machine's byte order: to be read, since they may be the bytes themselves. */
const cells = (bytes: Uint8Array, layout: SampleLayout): Uint8Array | Uint16Array | Uint32Array => {
  const { bytesPerSample, littleEndian } = layout;
  if (bytesPerSample === 1) return bytes;
  const count = Math.floor(bytes.length / bytesPerSample);
  const isAligned = bytes.byteOffset % bytesPerSample === 0;
  if (isAligned && littleEndian === hostIsLittleEndian) {
    return bytesPerSample === 2
      ? new Uint16Array(bytes.buffer, bytes.byteOffset, count)
      : new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  }
  // A copy: the cells must be aligned, and may have to be swapped. Not by slice(), which on a Buffer is no copy.
  const copy = new Uint8Array(count * bytesPerSample);
  copy.set(bytes.subarray(0, copy.length));
  if (littleEndian !== hostIsLittleEndian) {
    const buffer = Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength);
    if (bytesPerSample === 2) buffer.swap16();
    else buffer.swap32();
  }
  return bytesPerSample === 2
    ? new Uint16Array(copy.buffer, copy.byteOffset, count)
    : new Uint32Array(copy.buffer, copy.byteOffset, count);
};

/** To be read, not written: they may be the bytes of the file themselves. */
export type StoredValues = Uint8Array | Uint16Array | Uint32Array | Int32Array;

export interface StoredFrame {
  /** Row-major; bits outside of BitsStored (overlays, padding) are dropped. */
  values: StoredValues;
  /** Some of the dropped bits were set, other than a sign that is carried on. */
  hasBitsOutside: boolean;
}

/** Stored values of one frame: the cells as they are where BitsStored fills them, since a copy of them costs more than the rest. */
export const storedFrame = (bytes: Uint8Array, layout: SampleLayout): StoredFrame => {
  const raw = cells(bytes, layout);
  const { bitsStored, highBit, signed } = layout;
  const cellBits = 8 * layout.bytesPerSample;
  if (!signed && bitsStored === cellBits) return { values: raw, hasBitsOutside: false };
  // Converted as a whole first: a loop over one kind of array is several times faster than over any of three.
  const values = new Int32Array(raw);
  // Shifting up to bit 31 and down again drops the bits above and, arithmetically, extends the sign.
  const drop = highBit + 1 - bitsStored;
  const up = 31 - highBit;
  const down = up + drop;
  const unused = 32 - cellBits;
  const below = 2 ** drop - 1;
  let outside = 0;
  if (signed) {
    for (let i = 0; i < values.length; i++) {
      const cell = values[i] ?? 0;
      const value = (cell << up) >> down;
      outside |= (((cell << unused) >> (unused + drop)) ^ value) | (cell & below);
      values[i] = value;
    }
  } else {
    for (let i = 0; i < values.length; i++) {
      const cell = values[i] ?? 0;
      const value = (cell << up) >>> down;
      outside |= cell ^ (value << drop);
      values[i] = value;
    }
  }
  return { values, hasBitsOutside: outside !== 0 };
};
