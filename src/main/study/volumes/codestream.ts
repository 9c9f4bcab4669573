/**
 * What a compressed frame says about itself. The codecs allocate and loop by these numbers, and write past each other
 * where the codestream disagrees with the dataset; so both are compared before a codec sees the bytes.
 */

export interface CodestreamInfo {
  rows: number;
  columns: number;
  components: number;
  /** Bits per sample. */
  precision: number;
  isJpegLs: boolean;
}

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2);

/** Start-of-frame markers (ISO/IEC 10918-1 B.1.1.3) and the one of JPEG-LS (ISO/IEC 14495-1 C.1). */
const isStartOfFrame = (marker: number): boolean =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);

/** Markers without a length field. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Header of a JPEG or JPEG-LS codestream; undefined where there is none. */
export const jpegInfo = (bytes: Uint8Array): CodestreamInfo | undefined => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isStartOfFrame(marker)) {
      return {
        precision: bytes[at + 4] ?? 0,
        rows: u16(bytes, at + 5),
        columns: u16(bytes, at + 7),
        components: bytes[at + 9] ?? 0,
        isJpegLs: marker === 0xf7,
      };
    }
    // Scan data or the end before any frame header.
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += standsAlone(marker) ? 2 : 2 + u16(bytes, at + 2);
  }
  return undefined;
};

/** Some writers wrap the codestream in a JP2 file; its boxes are short. */
const longestJp2Wrapping = 1024;

/** Header (SIZ) of a JPEG 2000 or HTJ2K codestream (ISO/IEC 15444-1 A.5.1); undefined where there is none. */
export const jpeg2000Info = (bytes: Uint8Array): CodestreamInfo | undefined => {
  const last = Math.min(longestJp2Wrapping, bytes.length - 50);
  for (let at = 0; at <= last; at++) {
    if (u32(bytes, at) !== 0xff4fff51) continue;
    const size = at + 8;
    const components = u16(bytes, size + 32);
    // A subsampled component or one of another depth has fewer samples than the decoder is asked for.
    const subsampled = bytes[size + 35] !== 1 || bytes[size + 36] !== 1;
    return {
      rows: u32(bytes, size + 4) - u32(bytes, size + 12),
      columns: u32(bytes, size) - u32(bytes, size + 8),
      components: subsampled ? 0 : components,
      precision: ((bytes[size + 34] ?? 0) & 0x7f) + 1,
      isJpegLs: false,
    };
  }
  return undefined;
};
