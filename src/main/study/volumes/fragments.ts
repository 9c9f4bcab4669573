/** Which bytes of encapsulated pixel data (PS3.5 A.4) make up each frame. */
import { Refusal } from '../scan/refusal.ts';

export interface Span {
  offset: number;
  length: number;
}

export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

const itemTag = 0xe000fffe;
const sequenceDelimiter = 0xe0ddfffe;

const damaged = (detail: string): never => {
  throw new Refusal('malformed', `The compressed pixel data is damaged: ${detail}.`);
};

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Item headers from `start` on; stops at the sequence delimiter, or at the end of a file that lacks it. */
const items = async (read: ReadBytes, start: number, size: number): Promise<Span[]> => {
  const found: Span[] = [];
  let at = start;
  while (at + 8 <= size) {
    const header = view(await read(at, 8));
    const tag = header.getUint32(0, true);
    const length = header.getUint32(4, true);
    if (tag === sequenceDelimiter) break;
    if (tag !== itemTag) return damaged('something that is no fragment stands between the fragments');
    if (at + 8 + length > size) {
      throw new Refusal('truncated', `A fragment of ${length} bytes reaches beyond the end of the file.`);
    }
    found.push({ offset: at + 8, length });
    at += 8 + length;
  }
  return found;
};

/** Groups fragments into frames by the offsets of the Basic Offset Table, which count from the first fragment's item. */
const byOffsets = (fragments: readonly Span[], offsets: readonly number[]): Span[][] | undefined => {
  const [first] = fragments;
  if (!first) return undefined;
  const origin = first.offset - 8;
  const frames: Span[][] = offsets.map(() => []);
  const frameAt = new Map(offsets.map((offset, frame) => [origin + offset, frame]));
  let current = -1;
  for (const fragment of fragments) {
    current = frameAt.get(fragment.offset - 8) ?? current;
    frames[current]?.push(fragment);
  }
  // An offset that points at no fragment: the table is wrong and is not used.
  return frames.every((frame) => frame.length > 0) ? frames : undefined;
};

/** Codestreams begin with SOI (JPEG, JPEG-LS), SOC (JPEG 2000) or a JP2 signature. */
const beginsCodestream = (head: Uint8Array): boolean =>
  (head[0] === 0xff && (head[1] === 0xd8 || head[1] === 0x4f)) || (head[0] === 0 && head[1] === 0 && head[2] === 0);

const byMarkers = async (read: ReadBytes, fragments: readonly Span[]): Promise<Span[][]> => {
  const frames: Span[][] = [];
  for (const fragment of fragments) {
    const head = fragment.length >= 3 ? await read(fragment.offset, 3) : new Uint8Array(0);
    const last = frames.at(-1);
    if (beginsCodestream(head) || !last) frames.push([fragment]);
    else last.push(fragment);
  }
  return frames;
};

/**
 * The fragments of each of `frames` frames. `start` is the first byte of the pixel data's value, `size` the end of the
 * file.
 */
export const frameFragments = async (
  read: ReadBytes,
  start: number,
  size: number,
  frames: number,
): Promise<Span[][]> => {
  const [table, ...fragments] = await items(read, start, size);
  if (!table || fragments.length === 0) return damaged('it has no fragments');
  if (frames === 1) return [fragments];
  if (fragments.length === frames) return fragments.map((fragment) => [fragment]);
  if (table.length === 4 * frames) {
    const offsets = view(await read(table.offset, table.length));
    const grouped = byOffsets(
      fragments,
      Array.from({ length: frames }, (_, i) => offsets.getUint32(4 * i, true)),
    );
    if (grouped) return grouped;
  }
  const marked = await byMarkers(read, fragments);
  return marked.length === frames
    ? marked
    : damaged(`${fragments.length} fragments cannot be told apart into ${frames} frames`);
};

/**
 * End of the fragments of encapsulated pixel data whose value starts at `start`: where the sequence delimiter stands, or
 * the end of a file that lacks it.
 */
export const fragmentsEnd = (bytes: Uint8Array, start: number): number => {
  const whole = view(bytes);
  let at = start;
  while (at + 8 <= bytes.length) {
    const tag = whole.getUint32(at, true);
    if (tag === sequenceDelimiter) return at;
    if (tag !== itemTag) return damaged('something that is no fragment stands between the fragments');
    at += 8 + whole.getUint32(at + 4, true);
  }
  if (at > bytes.length) throw new Refusal('truncated', 'The last fragment reaches beyond the end of the file.');
  return at;
};
