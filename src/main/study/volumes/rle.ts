/** RLE Lossless (PS3.5 annex G) of a one-sample frame: one segment per byte of the sample, most significant first. */
import { Refusal } from '../scan/refusal.ts';

const headerBytes = 64;

const damaged = (detail: string): Refusal =>
  new Refusal('malformed', `The RLE compressed pixels are damaged: ${detail}.`);

/** Unpacks one segment into every `step`-th byte of `into`, from `first` on. */
const unpackSegment = (segment: Uint8Array, into: Uint8Array, first: number, step: number): void => {
  let at = 0;
  let out = first;
  while (out < into.length) {
    const control = segment[at++];
    if (control === undefined) throw damaged('a segment ends before its pixels do');
    if (control < 128) {
      const count = control + 1;
      if (at + count > segment.length) throw damaged('a segment ends within a run');
      for (let i = 0; i < count && out < into.length; i++, out += step) into[out] = segment[at + i] ?? 0;
      at += count;
    } else if (control > 128) {
      const value = segment[at++];
      if (value === undefined) throw damaged('a segment ends within a run');
      for (let i = 257 - control; i > 0 && out < into.length; i--, out += step) into[out] = value;
    }
    // 128 is no operation.
  }
};

/** Samples in little-endian order, `bytesPerSample` each. */
export const decodeRle = (bytes: Uint8Array, pixels: number, bytesPerSample: number): Uint8Array => {
  if (bytes.length < headerBytes) throw damaged('its header is missing');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== bytesPerSample) throw damaged(`it has ${segments} segments for samples of ${bytesPerSample} bytes`);
  // Two bytes unpack to 128 at most: a shorter frame cannot hold the image, whatever its header says.
  if ((bytes.length - headerBytes) * 64 < pixels * bytesPerSample) throw damaged('it is too short for the image');
  const decoded = new Uint8Array(pixels * bytesPerSample);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const next = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    if (start < headerBytes || next < start || next > bytes.length) throw damaged('a segment lies outside the frame');
    unpackSegment(bytes.subarray(start, next), decoded, bytesPerSample - 1 - segment, bytesPerSample);
  }
  return decoded;
};
