/**
 * Random access into bytes that come as a stream only: a compressed archive entry. What lies behind the wanted bytes is
 * not unpacked, and of a large entry what lies before them is not kept; a step back unpacks it again from its beginning.
 * An entry of which more than its head was read is read to its end once, so that its checksum can be checked: a flipped
 * byte in a picture must not move a prediction silently.
 */
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import { endsTooEarly, Refusal } from '../scan/refusal.ts';

export interface EntryStreamLimits {
  /** An entry up to this size is kept from its beginning on: it is stepped back in for free. */
  keptBytes: number;
  /** How often a larger entry is unpacked again. */
  steps: number;
}

export interface EntryStreamOptions {
  /** What the archive claims the CRC-32 of the unpacked entry is; unchecked without. */
  crc32?: number;
  limits?: EntryStreamLimits;
}

/**
 * Every classic image fits the first. Compressed frames are found in a pass or two over their items, then read in the
 * order of the file; only an object that holds its frames in another order needs more.
 */
export const defaultEntryStreamLimits: EntryStreamLimits = { keptBytes: 64 * 1024 ** 2, steps: 8 };

const nothing = new Uint8Array(0);

export class EntryStream {
  readonly #open: () => Promise<Readable>;
  readonly #size: number;
  readonly #limits: EntryStreamLimits;
  #stream: Readable | undefined;
  #chunks: AsyncIterator<Uint8Array> | undefined;
  /** Where the next byte of the stream stands in the entry. */
  #position = 0;
  /** Came with the last chunk and stands at `#position`. */
  #rest: Uint8Array = nothing;
  /** The first bytes of the entry, as far as they were asked for. */
  #head: Uint8Array = nothing;
  #headLength = 0;
  #steps = 0;
  readonly #claimedCrc: number | undefined;
  /** Of the bytes before `#checkedTo`. */
  #crc = 0;
  #checkedTo = 0;
  #wasRead = false;

  /** `size` is what the archive claims, bytes. */
  constructor(open: () => Promise<Readable>, size: number, options: EntryStreamOptions = {}) {
    this.#open = open;
    this.#size = size;
    this.#limits = options.limits ?? defaultEntryStreamLimits;
    this.#claimedCrc = options.crc32;
  }

  /** The first `length` bytes, fewer where the entry ends before. Valid until the next call. */
  async head(length: number): Promise<Uint8Array> {
    if (length > this.#headLength) {
      await this.#goTo(this.#headLength);
      this.#reserve(length);
      this.#headLength += await this.#fill(this.#head.subarray(this.#headLength, length));
    }
    return this.#head.subarray(0, Math.min(length, this.#headLength));
  }

  /** Exactly `length` bytes at `offset`, in a buffer of their own. Throws a `Refusal` where the entry has fewer. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = offset + length;
    if (end > this.#size) throw endsTooEarly(end, this.#size);
    this.#wasRead = true;
    if (this.#size <= this.#limits.keptBytes) await this.head(end);
    const kept = this.#head.subarray(Math.min(offset, this.#headLength), Math.min(end, this.#headLength));
    if (kept.length === length) return kept.slice();
    const bytes = new Uint8Array(length);
    bytes.set(kept);
    await this.#goTo(offset + kept.length);
    const filled = kept.length + (await this.#fill(bytes.subarray(kept.length)));
    if (filled < length) throw endsTooEarly(end, offset + filled);
    return bytes;
  }

  /** Reads on to the end where more than the head was read. Throws a `Refusal` where the checksum does not fit. */
  async finish(): Promise<void> {
    if (this.#claimedCrc === undefined || !this.#wasRead) return;
    if (this.#checkedTo < this.#size) await this.#goTo(this.#size);
    if (this.#crc !== this.#claimedCrc) throw new Refusal('archive-entry', refusalSentence('entry-checksum'));
  }

  destroy(): void {
    this.#stream?.destroy();
  }

  async #goTo(position: number): Promise<void> {
    if (position < this.#position) await this.#beginAgain();
    while (this.#position < position) {
      const chunk = await this.#next(position - this.#position);
      if (!chunk) return;
    }
  }

  async #beginAgain(): Promise<void> {
    if (++this.#steps > this.#limits.steps) {
      throw new Refusal(
        'archive-entry',
        'The images of this archive entry stand in another order than their numbers, which needs the whole entry unpacked for each of them. Unpack the archive and open the folder.',
      );
    }
    this.#stream?.destroy();
    this.#stream = undefined;
    this.#chunks = undefined;
    this.#rest = nothing;
    this.#position = 0;
  }

  /** How many bytes were there to fill `into` with. */
  async #fill(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      const chunk = await this.#next(into.length - filled);
      if (!chunk) break;
      into.set(chunk, filled);
      filled += chunk.length;
    }
    return filled;
  }

  /** At most `most` bytes from `#position` on; undefined at the end. */
  async #next(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      if (!this.#chunks) {
        this.#stream = await this.#open();
        this.#chunks = this.#stream[Symbol.asyncIterator]();
      }
      const next = await this.#chunks.next();
      if (next.done) return undefined;
      this.#rest = next.value;
    }
    const chunk = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(chunk.length);
    this.#check(chunk);
    this.#position += chunk.length;
    return chunk;
  }

  /** `chunk` stands at `#position`; of a step back, only what is new counts. */
  #check(chunk: Uint8Array): void {
    const fresh = chunk.subarray(Math.max(0, this.#checkedTo - this.#position));
    if (this.#claimedCrc === undefined || fresh.length === 0) return;
    this.#crc = crc32(fresh, this.#crc);
    this.#checkedTo = this.#position + chunk.length;
  }

  /** Grows twofold, so that many steps forward cost no more than one. */
  #reserve(length: number): void {
    if (this.#head.length >= length) return;
    const grown = new Uint8Array(Math.max(length, Math.min(this.#size, 2 * this.#head.length)));
    grown.set(this.#head.subarray(0, this.#headLength));
    this.#head = grown;
  }
}
