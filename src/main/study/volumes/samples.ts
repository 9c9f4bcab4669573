/** Stored values out of bytes (PS3.5 8.1.1): cells of BitsAllocated bits in which BitsStored end at HighBit. */

export interface SampleLayout {
  bytesPerSample: 1 | 2 | 4;
  littleEndian: boolean;
  bitsStored: number;
  highBit: number;
  signed: boolean;
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Cells of one frame as unsigned numbers, in the machine's byte order. */
const cells = (bytes: Uint8Array, layout: SampleLayout): Uint8Array | Uint16Array | Uint32Array => {
  const { bytesPerSample, littleEndian } = layout;
  if (bytesPerSample === 1) return bytes;
  const count = Math.floor(bytes.length / bytesPerSample);
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

/** Stored values of one frame. Bits outside of BitsStored (overlays, padding) are dropped. */
export const storedValues = (bytes: Uint8Array, layout: SampleLayout): Int32Array | Float64Array => {
  const raw = cells(bytes, layout);
  const drop = layout.highBit + 1 - layout.bitsStored;
  if (layout.bitsStored === 32 && !layout.signed) return Float64Array.from(raw);
  // Converted as a whole first: a loop over one kind of array is several times faster than over any of four.
  const values = new Int32Array(raw);
  const isWholeCell = !layout.signed && layout.bitsStored === 8 * layout.bytesPerSample;
  if (isWholeCell) return values;
  // Shifting up to bit 31 and down again drops the bits above and, arithmetically, extends the sign.
  const up = 31 - layout.highBit;
  const down = up + drop;
  if (layout.signed) {
    for (let i = 0; i < raw.length; i++) values[i] = ((values[i] ?? 0) << up) >> down;
  } else {
    for (let i = 0; i < raw.length; i++) values[i] = ((values[i] ?? 0) << up) >>> down;
  }
  return values;
};
