/** The header of one file: its wanted attributes as values, and where its pixel data stand. */
import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import type { SeriesFacts } from '#shared/study/facts.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import { containerKind } from '../bytes/container-kind.ts';
import { isZip } from '../bytes/zip-signature.ts';
import { type DecodeText, doubtingDecoder } from '../text/character-set.ts';
import {
  contrastAgentSequenceTag,
  contrastRouteSequenceTag,
  flattenedSequences,
  mayBePrivateAttribute,
  perFrameGroupsTag,
  sharedGroupsTag,
  tagNumber,
  wantedAttributes,
} from './attributes.ts';
import {
  type Encoding,
  NeedMoreBytes,
  type RawDataset,
  type RawElement,
  type ReadOptions,
  type ReadResult,
  readDataset,
} from './element-reader.ts';
import { type FileHead, mediaStorageClass, readFileHead } from './file-head.ts';
import { readPrivateAttributes } from './private-attributes.ts';
import { Refusal } from './refusal.ts';
import type { TransferSyntax } from './transfer-syntaxes.ts';
import { ValueMemo } from './value-memo.ts';
import { asBuffer, elementValue } from './values.ts';

export interface Header {
  syntax: TransferSyntax;
  encoding: Encoding;
  /** SOP class of the file meta information, for files whose dataset has none. */
  mediaStorageClass?: string;
  /** Of the dataset itself, without its functional groups and the patient's identity. */
  attributes: SeriesFacts;
  /** The attributes that identify the patient, kept apart: the others are shown and sent to the role engine. */
  identity: SeriesFacts;
  /** Of the shared functional groups. */
  shared: SeriesFacts;
  /** Of each frame's functional groups; empty for classic objects. */
  perFrame: SeriesFacts[];
  /** Offsets are into `bytes`. */
  pixelData?: RawElement;
  /** What the offsets refer to: the file's bytes, or the inflated ones of the deflated syntax. */
  bytes: Uint8Array;
}

const identityKeywords: ReadonlySet<string> = new Set([
  'PatientName',
  'PatientID',
  'IssuerOfPatientID',
  'PatientBirthDate',
  'PatientSex',
]);

const characterSetTag = tagNumber(0x0008, 0x0005);

/** One look-up per element that is stepped over: a scan makes hundreds of thousands of them. */
const wantedStandard = new Map<number, 'value' | 'items'>([
  ...[...wantedAttributes.keys()].map((tag): [number, 'value'] => [tag, 'value']),
  ...[...flattenedSequences].map((tag): [number, 'items'] => [tag, 'items']),
]);

export const wantForScan: ReadOptions['want'] = (tag) => {
  const isPrivate = ((tag >>> 16) & 1) === 1;
  if (!isPrivate) return wantedStandard.get(tag);
  return mayBePrivateAttribute(tag) ? 'value' : undefined;
};

/** More than any image header needs; a deflated header that grows beyond it is a decompression bomb. */
const inflateFloor = 8 * 1024 * 1024;
const inflateRatio = 16;

const inflateChunkBytes = 512 * 1024;

/**
 * PS3.5 A.5 wants a bare deflate stream; some toolkits wrap it as zlib does (RFC 1950). The wrapper's first byte would
 * begin a stored block with padding that no compressor writes, so that the two cannot be mistaken.
 */
const hasZlibHeader = (bytes: Uint8Array, start: number): boolean => {
  const [method = 0, flags = 0] = bytes.subarray(start, start + 2);
  return (method & 0x0f) === 8 && method >>> 4 <= 7 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0;
};

/** Dataset bytes of the deflated syntax (PS3.5 A.5), refused where they would grow beyond reason. */
export const inflateDataset = (bytes: Uint8Array, start: number, most?: number): Uint8Array => {
  try {
    const inflate = hasZlibHeader(bytes, start) ? inflateSync : inflateRawSync;
    return inflate(bytes.subarray(start), {
      maxOutputLength: most ?? inflateFloor + inflateRatio * bytes.length,
      // An image comes out in one piece or a few, not in eighteen.
      chunkSize: inflateChunkBytes,
      // A stream that was cut still gives what it holds; the reader then says what is missing.
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Refusal('too-large', refusalSentence('header-bomb'));
    }
    throw new Refusal('malformed', refusalSentence('deflate-damaged'));
  }
};

interface Source {
  bytes: Buffer;
  encoding: Encoding;
  /** Where identity attributes go. */
  identity: SeriesFacts;
}

const memo = new ValueMemo();

const textVrs: ReadonlySet<string> = new Set(['CS', 'LO', 'LT', 'SH', 'ST', 'UC', 'UT']);

/** Numbers written as text of another kind are still numbers; other VRs than the dictionary's are believed. */
const readableVr = (vr: string, tableVr: string): string => {
  if (vr === '' || vr === 'UN') return tableVr;
  return (tableVr === 'DS' || tableVr === 'IS') && textVrs.has(vr) ? tableVr : vr;
};

const factValue = (source: Source, element: RawElement, decode: DecodeText, tableVr: string): SeriesFacts[string] => {
  const vr = readableVr(element.vr, tableVr);
  const encoding = element.vr === 'UN' ? { explicit: false, littleEndian: true } : source.encoding;
  const { tag, start, length } = element;
  return memo.value(tag, source.bytes, { start, length, vr }, encoding, decode, () =>
    elementValue(source.bytes, element, vr, encoding, decode),
  );
};

const isContrastSequence = (tag: number): boolean =>
  tag === contrastAgentSequenceTag || tag === contrastRouteSequenceTag;

/** Collects values by keyword; nested functional groups come up to one level, the first item of each. */
const collect = (source: Source, dataset: RawDataset, decode: DecodeText, into: SeriesFacts): SeriesFacts => {
  for (const [tag, element] of dataset) {
    if (element.items) {
      if (tag === sharedGroupsTag || tag === perFrameGroupsTag) continue;
      const [first] = element.items;
      if (!first) continue;
      if (isContrastSequence(tag)) {
        const code = collect(source, first, decode, {});
        const keyword = tag === contrastAgentSequenceTag ? 'ContrastBolusAgent' : 'ContrastBolusRoute';
        // The code's meaning stands in for the text that classic objects have; the text wins where both are there.
        if (code.CodeMeaning) into[keyword] ??= code.CodeMeaning;
        for (const [key, value] of Object.entries(code)) {
          if (key.startsWith('ContrastBolus')) into[key] ??= value;
        }
      } else {
        collect(source, first, decode, into);
      }
      continue;
    }
    const attribute = wantedAttributes.get(tag);
    if (!attribute) continue;
    const value = factValue(source, element, decode, attribute.vr);
    if (value === null) continue;
    if (identityKeywords.has(attribute.keyword)) source.identity[attribute.keyword] = value;
    else into[attribute.keyword] = value;
  }
  return into;
};

const readBody = (bytes: Uint8Array, head: FileHead, complete: boolean): ReadResult & { source: Source } => {
  if (!head.syntax.deflated) {
    const result = readDataset(bytes, head.start, head.encoding, { want: wantForScan, complete });
    return { ...result, source: { bytes: asBuffer(bytes), encoding: head.encoding, identity: {} } };
  }
  // The whole stream is needed to unpack any of it.
  if (!complete) throw new NeedMoreBytes(Number.POSITIVE_INFINITY);
  const inflated = inflateDataset(bytes, head.start);
  const result = readDataset(inflated, 0, head.encoding, { want: wantForScan, complete: true });
  return { ...result, source: { bytes: asBuffer(inflated), encoding: head.encoding, identity: {} } };
};

/**
 * Reads a header. `complete` is false where `bytes` is only the beginning of the file: then `NeedMoreBytes` may be
 * thrown. A `Refusal` or `MalformedDataset` says why the file has no readable header.
 */
export const readHeader = (bytes: Uint8Array, complete: boolean): Header => {
  const head = readFileHead(bytes, complete);
  if (!head) {
    if (isZip(bytes)) throw new Refusal('archive-entry', refusalSentence('nested-archive'));
    const kind = containerKind(bytes);
    if (kind) throw new Refusal('archive-entry', refusalSentence('nested-container', { kind }));
    throw new Refusal('not-dicom', refusalSentence('not-dicom'));
  }
  const { elements, pixelData, source } = readBody(bytes, head, complete);
  const characterSet = elements.get(characterSetTag);
  const declared = characterSet ? elementValue(source.bytes, characterSet, 'CS', source.encoding, () => '') : undefined;
  const decode = doubtingDecoder(
    typeof declared === 'string' ? declared : Array.isArray(declared) ? declared.map(String) : undefined,
  );
  const facts = (dataset: RawDataset | undefined): SeriesFacts => (dataset ? collect(source, dataset, decode, {}) : {});
  const attributes = facts(elements);
  readPrivateAttributes(source.bytes, elements, source.encoding, attributes);
  const storageClass = mediaStorageClass(bytes, head);
  return {
    syntax: head.syntax,
    encoding: source.encoding,
    ...(storageClass ? { mediaStorageClass: storageClass } : {}),
    attributes,
    identity: source.identity,
    shared: facts(elements.get(sharedGroupsTag)?.items?.[0]),
    perFrame: (elements.get(perFrameGroupsTag)?.items ?? []).map(facts),
    ...(pixelData ? { pixelData } : {}),
    bytes: source.bytes,
  };
};
