/** The values of a map as bytes, little-endian: a model's own 32 bits where that keeps every value exactly, else 64. */
export const packValues = (values: readonly number[]): Uint8Array => {
  const single = values.every((value) => Object.is(Math.fround(value), value));
  const width = single ? 4 : 8;
  const bytes = new Uint8Array(1 + values.length * width);
  const view = new DataView(bytes.buffer);
  bytes[0] = width;
  values.forEach((value, index) => {
    if (single) view.setFloat32(1 + index * width, value, true);
    else view.setFloat64(1 + index * width, value, true);
  });
  return bytes;
};

/** Throws a `RangeError` where the bytes are not what `packValues` makes. */
export const unpackValues = (bytes: Uint8Array): number[] => {
  const width = bytes[0];
  if ((width !== 4 && width !== 8) || (bytes.length - 1) % width !== 0) throw new RangeError('not the values of a map');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: (bytes.length - 1) / width }, (_, index) =>
    width === 4 ? view.getFloat32(1 + index * width, true) : view.getFloat64(1 + index * width, true),
  );
};
