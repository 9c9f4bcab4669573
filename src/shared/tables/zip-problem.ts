/**
 * How much a zip says that it holds, before anything of it is unpacked (APPNOTE.TXT 4.3.12, 4.3.16). The reader behind it
 * unpacks no entry beyond the size that stands here, so the sum is the most that there will be. Pure.
 */

export interface ZipBounds {
  readonly entries: number;
  /** Of all entries together, unpacked. */
  readonly bytes: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
/** Behind it a size of 64 bits would stand. */
const IN_ZIP64 = 0xffffffff;
const DEFLATED_NOTHING = 2;
const SLASH = 0x2f;

/**
 * What the directory claims; undefined where it is not exactly as spreadsheet programs write it: at the very end of the
 * file, without a comment, without ZIP64, every size in it. Two readers of anything else may differ.
 */
const claimedBytes = (bytes: Uint8Array, most: ZipBounds): number | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_BYTES;
  if (end < 0 || view.getUint32(end, true) !== END) return undefined;
  const entries = view.getUint16(end + 10, true);
  if (entries > most.entries || view.getUint32(end + 12, true) === IN_ZIP64) return undefined;
  let at = view.getUint32(end + 16, true);
  let sum = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) return undefined;
    const [compressed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const nameBytes = view.getUint16(at + 28, true);
    const isFolder = bytes[at + ENTRY_BYTES + nameBytes - 1] === SLASH;
    const isUnsaid = size === 0 && (compressed > DEFLATED_NOTHING || compressed === 0) && !isFolder;
    const isZip64 = [compressed, size, view.getUint32(at + 42, true)].includes(IN_ZIP64);
    if (isUnsaid || isZip64) return undefined;
    sum += Math.max(size, compressed);
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return sum;
};

/** `damaged` where the directory cannot be relied on, `too-large` beyond the bounds. */
export const zipProblem = (bytes: Uint8Array, most: ZipBounds): 'damaged' | 'too-large' | undefined => {
  const claimed = claimedBytes(bytes, most);
  if (claimed === undefined) return 'damaged';
  return claimed > most.bytes ? 'too-large' : undefined;
};
