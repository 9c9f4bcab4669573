/**
 * Where the elements of a file stand, for the mutator. Written apart from the reader under test and without its
 * checks: it follows explicit little-endian headers as long as they look like some, into sequences as well.
 */
export interface Place {
  /** Of the tag. */
  start: number;
  vr: string;
  lengthAt: number;
  lengthBytes: 2 | 4;
  valueAt: number;
  valueLength: number;
}

const longForms = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

export const elementPlaces = (bytes: Uint8Array): Place[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: Place[] = [];
  let at = bytes.length > 132 && bytes[128] === 0x44 ? 132 : 0;
  while (at + 12 <= bytes.length && places.length < 5000) {
    const group = view.getUint16(at, true);
    if (group === 0xfffe) {
      places.push({ start: at, vr: '', lengthAt: at + 4, lengthBytes: 4, valueAt: at + 8, valueLength: 0 });
      at += 8;
      continue;
    }
    const vr = String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0);
    const explicit = /^[A-Z]{2}$/.test(vr);
    const long = longForms.has(vr);
    const lengthAt = explicit ? (long ? at + 8 : at + 6) : at + 4;
    const lengthBytes = explicit && !long ? 2 : 4;
    const length = lengthBytes === 2 ? view.getUint16(lengthAt, true) : view.getUint32(lengthAt, true);
    const valueAt = lengthAt + lengthBytes;
    const goesIn = vr === 'SQ' || length === 0xffffffff;
    const valueLength = goesIn ? 0 : Math.min(length, bytes.length - valueAt);
    places.push({ start: at, vr: explicit ? vr : '', lengthAt, lengthBytes, valueAt, valueLength });
    at = valueAt + valueLength;
  }
  return places;
};
