/** Finds where the dataset of a file begins and how it is encoded (PS3.10 section 7, PS3.5 annex A). */
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import { type Encoding, MalformedDataset, type RawDataset, readMeta, vrName } from './element-reader.ts';
import {
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  type TransferSyntax,
  transferSyntax,
} from './transfer-syntaxes.ts';
import { asBuffer } from './values.ts';

export interface FileHead {
  syntax: TransferSyntax;
  /** How the elements are really encoded; rarely not what the transfer syntax says. */
  encoding: Encoding;
  /** First byte of the dataset. */
  start: number;
  meta: RawDataset;
}

const preambleLength = 128;
const mediaStorageClassTag = 0x00020002;
const transferSyntaxTag = 0x00020010;

export const hasDicomMagic = (bytes: Uint8Array): boolean =>
  bytes.length >= 132 && bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;

/**
 * How a dataset at `at` looks. Only groups below 0100 can come first in a dataset, so that the byte order shows in the
 * group number, and an explicit VR shows as two letters that PS3.5 6.2 knows.
 */
const sniff = (bytes: Uint8Array, at: number): Encoding | undefined => {
  const [a, b, , , vr1, vr2] = bytes.subarray(at, at + 8);
  if (a === undefined || b === undefined || vr1 === undefined || vr2 === undefined) return undefined;
  const explicit = vrName(vr1, vr2) !== undefined;
  if (a !== 0 && b === 0) return { explicit, littleEndian: true };
  if (a === 0 && b !== 0) return { explicit, littleEndian: false };
  return undefined;
};

/** Where the first element stands when there is no preamble: only a dataset of group 0002 or 0008 is believed. */
const startWithoutPreamble = (bytes: Uint8Array): number | undefined => {
  const encoding = sniff(bytes, 0);
  if (!encoding) return undefined;
  const group = encoding.littleEndian ? bytes[0] : bytes[1];
  if (group !== 0x02 && group !== 0x08) return undefined;
  if (encoding.explicit) return 0;
  // Implicit: the first value of a real dataset is short. Anything else is some other file that begins alike.
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, encoding.littleEndian);
  return encoding.littleEndian && length <= 256 ? 0 : undefined;
};

const longestUid = 64;

const uidAt = (bytes: Uint8Array, meta: RawDataset, tag: number): string | undefined => {
  const element = meta.get(tag);
  if (!element) return undefined;
  const end = element.start + Math.min(element.length, longestUid);
  // UIDs hold digits and dots; padding and anything else ends them.
  return /^[0-9.]+/.exec(asBuffer(bytes).toString('latin1', element.start, end))?.[0];
};

export const mediaStorageClass = (bytes: Uint8Array, head: FileHead): string | undefined =>
  uidAt(bytes, head.meta, mediaStorageClassTag);

const resembles = (encoding: Encoding): TransferSyntax => {
  if (!encoding.littleEndian) return explicitBigEndian;
  return encoding.explicit ? explicitLittleEndian : implicitLittleEndian;
};

/**
 * Throws `MalformedDataset` or `NeedMoreBytes` like the reader; returns undefined where the bytes are no DICOM file.
 * `complete` is false where `bytes` is only the beginning of the file.
 */
export const readFileHead = (bytes: Uint8Array, complete: boolean): FileHead | undefined => {
  const magic = hasDicomMagic(bytes);
  // The four letters also occur by chance in a file without preamble; then no element follows them.
  const at = magic && sniff(bytes, preambleLength + 4) ? preambleLength + 4 : startWithoutPreamble(bytes);
  if (at === undefined) {
    if (magic) throw new MalformedDataset('malformed', refusalSentence('nothing-after-preamble'));
    return undefined;
  }
  const metaEncoding = sniff(bytes, at) ?? { explicit: true, littleEndian: true };
  const { elements: meta, next } = readMeta(bytes, at, metaEncoding, { want: () => 'value', complete });
  const declared = uidAt(bytes, meta, transferSyntaxTag);
  const syntax = declared === undefined ? undefined : transferSyntax(declared);
  // Deflated bytes show nothing about the encoding inside.
  if (syntax?.deflated) return { syntax, encoding: syntax, start: next, meta };
  // The bytes decide: files are in circulation whose dataset was rewritten without the meta information being told.
  const seen = sniff(bytes, next);
  const encoding = seen ?? syntax ?? explicitLittleEndian;
  return {
    syntax: syntax ?? resembles(encoding),
    encoding: { explicit: encoding.explicit, littleEndian: encoding.littleEndian },
    start: next,
    meta,
  };
};
