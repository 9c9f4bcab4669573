/**
 * Reads data elements (PS3.5 section 7) straight from bytes and keeps only the wanted ones, as offsets.
 *
 * Why not a whole-dataset parser here: a scan opens thousands of files, of which it needs some eighty attributes, and a
 * hostile file of empty elements costs a parser that keeps them all twenty times its size. This one allocates for the
 * elements it was asked for and for nothing else, whatever a length field claims.
 */

import { type RefusalReason, refusalSentence } from '#shared/study/messages/refusals.ts';

export interface Encoding {
  explicit: boolean;
  littleEndian: boolean;
}

export interface RawElement {
  /** group × 65536 + element. */
  tag: number;
  /** Two letters; empty where the encoding is implicit. */
  vr: string;
  /** First byte of the value. */
  start: number;
  /** Bytes of the value, or `undefinedLength`. */
  length: number;
  /** Of a sequence that was asked for. */
  items?: RawDataset[];
}
export type RawDataset = Map<number, RawElement>;

export interface ReadOptions {
  /** `vr` is a code, 0 in the implicit encoding. `value` keeps an element, `items` also reads the sequence's items; undefined skips it. */
  want: (tag: number, vr: number) => 'value' | 'items' | undefined;
  /** False where `bytes` is only the head of the file: running out of bytes then asks for more. */
  complete: boolean;
  /** Follow an item beyond its sequence, up to the end of the file: editors of DICOMDIRs forget to correct lengths. */
  itemsMayOverrun?: boolean;
}

export interface ReadResult {
  elements: RawDataset;
  /** The pixel data element, where the dataset has one; its value is not looked at. */
  pixelData?: RawElement;
  /** Elements walked over, nested ones included. */
  walked: number;
}

/** The head that was read does not hold the whole header; `need` bytes do at least. */
export class NeedMoreBytes extends Error {
  readonly need: number;
  /** The element under way; absent where it is the whole file that is needed. */
  readonly place: ElementPlace | undefined;
  constructor(need: number, place?: ElementPlace) {
    super(`needs ${need} bytes`);
    this.need = need;
    this.place = place;
  }
}

/** Which element a complaint is about: `(gggg,eeee)`, and the offset of its first byte. */
export type ElementPlace = { element: string; offset: number };

/** Where the whole file is needed, as for a deflated dataset, it is all one element to the reader. */
export const wholeFile: ElementPlace = { element: '(0002,0010)', offset: 0 };

export const elementCut = (need: number, has: number, place: ElementPlace): MalformedDataset =>
  new MalformedDataset('truncated', refusalSentence('element-cut', { ...place, need, has }));

/** The bytes break the rules of PS3.5 in a way that leaves no safe reading. */
export class MalformedDataset extends Error {
  readonly kind: 'truncated' | 'malformed';
  readonly reason: RefusalReason;
  constructor(kind: 'truncated' | 'malformed', reason: RefusalReason) {
    super(reason.text);
    this.kind = kind;
    this.reason = reason;
  }
}

export const undefinedLength = 0xffffffff;

const itemTag = 0xfffee000;
const itemDelimiter = 0xfffee00d;
const sequenceDelimiter = 0xfffee0dd;
const firstPixelDataTag = 0x7fe00008;
const lastPixelDataTag = 0x7fe00010;

const isDelimiter = (tag: number): boolean => tag === itemTag || tag === itemDelimiter || tag === sequenceDelimiter;

/** Deeper than any real object; a hostile file would otherwise exhaust the stack. */
const deepestNesting = 32;

/** Value representations whose length field has four bytes after two reserved ones (PS3.5 7.1.2). */
const longForms = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' ');
const shortForms = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' ');
const codeOf = (vr: string): number => vr.charCodeAt(0) * 256 + vr.charCodeAt(1);
const vrNames = new Map([...longForms, ...shortForms].map((vr) => [codeOf(vr), vr]));
const shortCodes = new Set(shortForms.map(codeOf));
const unknownVr = codeOf('UN');
/** The code of SQ, as `want` gets it. */
export const sequenceVr = codeOf('SQ');

/** Name of a value representation from its two bytes; undefined where they are none that PS3.5 6.2 knows. */
export const vrName = (first: number, second: number): string | undefined => vrNames.get(first * 256 + second);

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const isSmall = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

/** Code of a VR from its two letters, small ones included where they name one; undefined where they are none. */
const vrCode = (first: number, second: number): number | undefined => {
  const code = first * 256 + second;
  if (isCapital(first) && isCapital(second)) return code;
  const capital = code - 0x2020;
  return isSmall(first) && isSmall(second) && vrNames.has(capital) ? capital : undefined;
};

const tagName = (tag: number): string => {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
};

/**
 * Steps through elements. The one under way lives in the reader's own fields: an object per element, most of which are
 * stepped over, was what the time and memory of a scan went into.
 */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #options: ReadOptions;
  walked = 0;
  pixelData: RawElement | undefined;
  #tag = 0;
  /** Code of the value representation; 0 in the implicit encoding. */
  #vr = 0;
  #start = 0;
  #length = 0;
  /** First byte of the element. */
  #at = 0;

  constructor(bytes: Uint8Array, options: ReadOptions) {
    this.#bytes = bytes;
    this.#options = options;
  }

  /** Makes sure that `count` bytes at `position` are there. */
  #demand(position: number, count: number): void {
    const need = position + count;
    if (need <= this.#bytes.length) return;
    if (!this.#options.complete) throw new NeedMoreBytes(need, this.#place());
    throw elementCut(need, this.#bytes.length, this.#place());
  }

  #place(): ElementPlace {
    return { element: tagName(this.#tag), offset: this.#at };
  }

  #u16(position: number, littleEndian: boolean): number {
    const a = this.#bytes[position] ?? 0;
    const b = this.#bytes[position + 1] ?? 0;
    return littleEndian ? a | (b << 8) : b | (a << 8);
  }

  #u32(position: number, littleEndian: boolean): number {
    const low = this.#u16(littleEndian ? position : position + 2, littleEndian);
    const high = this.#u16(littleEndian ? position + 2 : position, littleEndian);
    return high * 0x10000 + low;
  }

  #tagAt(position: number, littleEndian: boolean): number {
    return this.#u16(position, littleEndian) * 0x10000 + this.#u16(position + 2, littleEndian);
  }

  /** Reads the element header at `position`; its length is not checked yet. */
  #readElement(position: number, encoding: Encoding): void {
    this.#demand(position, 8);
    const { littleEndian } = encoding;
    this.#at = position;
    this.#tag = this.#tagAt(position, littleEndian);
    const isExplicit = encoding.explicit && this.#tag < itemTag;
    const code = isExplicit ? vrCode(this.#bytes[position + 4] ?? 0, this.#bytes[position + 5] ?? 0) : undefined;
    if (code !== undefined && shortCodes.has(code)) this.#shortForm(position, code, littleEndian);
    else if (code !== undefined) this.#longForm(position, code, littleEndian);
    else if (isExplicit && this.#isShortOfUnknownVr(position, littleEndian)) {
      this.#shortForm(position, unknownVr, littleEndian);
    } else {
      // Some writers slip single implicit elements into an explicit dataset: bytes that are no letters are a length.
      this.#vr = 0;
      this.#start = position + 8;
      this.#length = this.#u32(position + 4, littleEndian);
    }
  }

  #shortForm(position: number, vr: number, littleEndian: boolean): void {
    this.#vr = vr;
    this.#start = position + 8;
    this.#length = this.#u16(position + 6, littleEndian);
  }

  #longForm(position: number, code: number, littleEndian: boolean): void {
    // A VR of a later edition has the long form, as all that were added since the first have (PS3.5 7.1.2).
    const vr = vrNames.has(code) ? code : unknownVr;
    // Toolkits of before 1996 wrote OB, OW and UN with a length of two bytes where PS3.5 reserves two.
    const reserved = this.#u16(position + 6, littleEndian);
    if (reserved !== 0 && this.#isFollowed(position + 8 + reserved, littleEndian)) {
      this.#shortForm(position, vr, littleEndian);
      return;
    }
    this.#demand(position, 12);
    this.#vr = vr;
    this.#start = position + 12;
    this.#length = this.#u32(position + 8, littleEndian);
  }

  /** Writers that know no VR write `??`, blanks or zeros in its place, and a length of two bytes behind it. */
  #isShortOfUnknownVr(position: number, littleEndian: boolean): boolean {
    const implicitLength = this.#u32(position + 4, littleEndian);
    if (implicitLength === undefinedLength || this.#isFollowed(position + 8 + implicitLength, littleEndian))
      return false;
    return this.#isFollowed(position + 8 + this.#u16(position + 6, littleEndian), littleEndian);
  }

  /** Whether an element may stand at `position`, after the current one: tags ascend, or an item or the bytes end there. */
  #isFollowed(position: number, littleEndian: boolean): boolean {
    const left = this.#bytes.length - position;
    if (left < 8) return left === 0 && this.#options.complete;
    const next = this.#tagAt(position, littleEndian);
    return next > this.#tag && (next < itemTag || isDelimiter(next));
  }

  #current(): RawElement {
    return { tag: this.#tag, vr: vrNames.get(this.#vr) ?? '', start: this.#start, length: this.#length };
  }

  /** Reads elements up to `end`, an item delimiter, or the pixel data; returns where it stopped. */
  dataset(position: number, end: number, encoding: Encoding, into: RawDataset | undefined, depth: number): number {
    if (depth > deepestNesting) {
      throw new MalformedDataset(
        'malformed',
        refusalSentence('nested-too-deep', { depth: deepestNesting, ...this.#place() }),
      );
    }
    let at = position;
    while (at < end) {
      // A few stray bytes after the last element are padding, not an element.
      if (depth === 0 && this.#options.complete && end === this.#bytes.length && end - at < 8) return end;
      this.#readElement(at, encoding);
      this.walked++;
      const tag = this.#tag;
      if (tag >= itemTag) {
        if (tag === itemDelimiter && depth > 0) return this.#start;
        // Delimiters that close nothing are left behind by sloppy editors; they carry no value.
        at = this.#start;
        continue;
      }
      // An icon image inside a sequence has pixel data of its own.
      if (tag >= firstPixelDataTag && tag <= lastPixelDataTag && depth === 0) {
        this.pixelData = this.#current();
        return at;
      }
      at = this.#value(end, encoding, into, depth);
    }
    return at;
  }

  /** Steps over the current element's value, keeping it where it is wanted; returns the position after it. */
  #value(end: number, encoding: Encoding, into: RawDataset | undefined, depth: number): number {
    const wanted = into ? this.#options.want(this.#tag, this.#vr) : undefined;
    const start = this.#start;
    const length = this.#length;
    const isUndefined = length === undefinedLength;
    if (isUndefined || wanted === 'items') {
      const kept = wanted ? this.#current() : undefined;
      const items: RawDataset[] | undefined = wanted === 'items' ? [] : undefined;
      const inner = this.#vr === unknownVr ? this.#hiddenEncoding(start, encoding) : encoding;
      if (!isUndefined) this.#checkEnd(start, length, end, depth);
      const after = this.items(start, isUndefined ? Number.POSITIVE_INFINITY : start + length, inner, items, depth);
      if (kept) into?.set(kept.tag, items ? { ...kept, items } : kept);
      return isUndefined ? after : Math.max(after, start + length);
    }
    this.#checkEnd(start, length, end, depth);
    if (wanted) into?.set(this.#tag, this.#current());
    return start + length;
  }

  /**
   * PS3.5 6.2.2 note 2: a sequence that hides in an UN value is implicit little endian. Some archives leave it explicit:
   * then two letters of a VR stand in its first element.
   */
  #hiddenEncoding(start: number, encoding: Encoding): Encoding {
    const implicit = { explicit: false, littleEndian: true };
    this.#demand(start, 8);
    if (this.#tagAt(start, encoding.littleEndian) !== itemTag) return implicit;
    const element = start + 8;
    if (!this.#options.complete) this.#demand(element, 8);
    const isExplicit = vrName(this.#bytes[element + 4] ?? 0, this.#bytes[element + 5] ?? 0) !== undefined;
    return isExplicit ? { ...encoding, explicit: true } : implicit;
  }

  #checkEnd(start: number, length: number, end: number, depth: number): void {
    if (depth > 0 && start + length > end) {
      throw new MalformedDataset('malformed', refusalSentence('element-overruns', this.#place()));
    }
    this.#demand(start, length);
  }

  /** Steps over the items of a sequence or the fragments of encapsulated data. */
  items(position: number, end: number, encoding: Encoding, into: RawDataset[] | undefined, depth: number): number {
    let at = position;
    while (at < end) {
      this.#demand(at, 8);
      const tag = this.#tagAt(at, encoding.littleEndian);
      const length = this.#u32(at + 4, encoding.littleEndian);
      if (tag === sequenceDelimiter) return at + 8;
      if (tag === itemDelimiter) {
        // An item of known length that was closed by a delimiter all the same.
        at += 8;
        continue;
      }
      if (tag !== itemTag) {
        throw new MalformedDataset('malformed', refusalSentence('not-an-item', this.#place()));
      }
      const start = at + 8;
      const item: RawDataset | undefined = into ? new Map() : undefined;
      if (length === undefinedLength) {
        at = this.dataset(start, Number.POSITIVE_INFINITY, encoding, item, depth + 1);
      } else {
        at = this.#itemEnd(start, length, end);
        if (item) this.dataset(start, at, encoding, item, depth + 1);
      }
      if (item) into?.push(item);
    }
    return at;
  }

  #itemEnd(start: number, length: number, end: number): number {
    if (this.#options.itemsMayOverrun) return Math.min(start + length, this.#bytes.length);
    if (start + length > end) {
      throw new MalformedDataset('malformed', refusalSentence('item-overruns', this.#place()));
    }
    this.#demand(start, length);
    return start + length;
  }

  /** Reads elements of group 0002; returns the position of the first other one. */
  meta(position: number, encoding: Encoding, into: RawDataset): number {
    let at = position;
    while (at < this.#bytes.length) {
      this.#demand(at, 8);
      if (this.#u16(at, encoding.littleEndian) !== 0x0002) break;
      this.#readElement(at, encoding);
      at = this.#value(Number.POSITIVE_INFINITY, encoding, into, 0);
    }
    return at;
  }
}

/**
 * Reads the dataset that starts at `start`, up to its pixel data. Throws `NeedMoreBytes` where `bytes` is only a head
 * and too short, and `MalformedDataset` where the bytes cannot be a dataset.
 */
export const readDataset = (bytes: Uint8Array, start: number, encoding: Encoding, options: ReadOptions): ReadResult => {
  const reader = new Reader(bytes, options);
  const elements: RawDataset = new Map();
  // In a head, the end is unknown: reading stops at the pixel data or asks for more.
  const end = options.complete ? bytes.length : Number.POSITIVE_INFINITY;
  reader.dataset(start, end, encoding, elements, 0);
  return {
    elements,
    walked: reader.walked,
    ...(reader.pixelData ? { pixelData: reader.pixelData } : {}),
  };
};

/** Reads the file meta information (group 0002, always at `start`), up to the first element of another group. */
export const readMeta = (
  bytes: Uint8Array,
  start: number,
  encoding: Encoding,
  options: ReadOptions,
): { elements: RawDataset; next: number } => {
  const elements: RawDataset = new Map();
  return { next: new Reader(bytes, options).meta(start, encoding, elements), elements };
};
