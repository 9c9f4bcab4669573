/** A planned dataset as the bytes of a file. Values that stay are copied as they are; only new ones are encoded. */
import type { DeidentifyOptions } from '#shared/study/deidentify.ts';
import { tagNumber } from '../scan/attributes.ts';
import type { Encoding } from '../scan/element-reader.ts';
import { undefinedLength } from '../scan/element-reader.ts';
import { fragmentsEnd } from '../volumes/fragments.ts';
import { methodCodes } from './options.ts';
import { overlayBitsCleared } from './overlay-bits.ts';
import { type DatasetPlan, declaration, type PlannedElement } from './plan.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { DatasetTree } from './tree.ts';

const longForms = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const metaEncoding: Encoding = { explicit: true, littleEndian: true };
/** Of this application's writer (PS3.7 D.3.3.2); derived from a random UUID as PS3.5 B.2 allows. */
export const implementationClassUid = '2.25.194268303175841231337016834712053910429';

interface Written {
  tag: number;
  bytes: Uint8Array;
}

const u16 = (value: number, { littleEndian }: Encoding): Uint8Array => {
  const bytes = Buffer.alloc(2);
  if (littleEndian) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
};
const u32 = (value: number, { littleEndian }: Encoding): Uint8Array => {
  const bytes = Buffer.alloc(4);
  if (littleEndian) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};
const tagBytes = (tag: number, encoding: Encoding): Uint8Array =>
  Buffer.concat([u16(Math.floor(tag / 0x10000), encoding), u16(tag % 0x10000, encoding)]);

const header = (tag: number, vr: string, length: number, encoding: Encoding): Uint8Array => {
  if (!encoding.explicit) return Buffer.concat([tagBytes(tag, encoding), u32(length, encoding)]);
  const start = Buffer.concat([tagBytes(tag, encoding), Buffer.from(vr)]);
  if (longForms.has(vr)) return Buffer.concat([start, u16(0, encoding), u32(length, encoding)]);
  return Buffer.concat([start, u16(length, encoding)]);
};

const element = (tag: number, vr: string, value: Uint8Array, encoding: Encoding): Uint8Array =>
  Buffer.concat([header(tag, vr, value.length, encoding), value]);

/** The file declares UTF-8, which ASCII values are already. */
const encodedText = (value: string, vr: string): Uint8Array => {
  const bytes = Buffer.from(value, 'utf-8');
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
};

const sequence = (tag: number, items: readonly Uint8Array[], encoding: Encoding): Uint8Array => {
  const body = Buffer.concat(
    items.map((item) => Buffer.concat([tagBytes(0xfffee000, encoding), u32(item.length, encoding), item])),
  );
  return element(tag, 'SQ', body, encoding);
};

const plannedElement = (planned: PlannedElement, encoding: Encoding): Uint8Array | undefined => {
  const { tag, vr, value } = planned.element;
  if (planned.decision.action === 'remove') return undefined;
  if (planned.items)
    return sequence(
      tag,
      planned.items.map((item) => dataset(item, encoding)),
      encoding,
    );
  if (planned.decision.action === 'empty') return element(tag, vr, new Uint8Array(0), encoding);
  return element(tag, vr, planned.replacement === undefined ? value : encodedText(planned.replacement, vr), encoding);
};

const dataset = (elements: readonly PlannedElement[], encoding: Encoding): Uint8Array =>
  Buffer.concat(elements.map((planned) => plannedElement(planned, encoding)).filter((bytes) => bytes !== undefined));

const parseTag = (tag: string): number =>
  tagNumber(Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(5), 16));

const methodCodeSequence = (options: DeidentifyOptions, encoding: Encoding): Written => {
  const tag = tagNumber(0x0012, 0x0064);
  const items = methodCodes(options).map(({ value, meaning }) =>
    Buffer.concat([
      element(tagNumber(0x0008, 0x0100), 'SH', encodedText(value, 'SH'), encoding),
      element(tagNumber(0x0008, 0x0102), 'SH', encodedText('DCM', 'SH'), encoding),
      element(tagNumber(0x0008, 0x0104), 'LO', encodedText(meaning, 'LO'), encoding),
    ]),
  );
  return { tag, bytes: sequence(tag, items, encoding) };
};

const topLevel = (plan: DatasetPlan, options: DeidentifyOptions, encoding: Encoding): Uint8Array => {
  const own: Written[] = [
    ...declaration(options).map(({ tag, vr, value }) => {
      const number = parseTag(tag);
      return { tag: number, bytes: element(number, vr, encodedText(value, vr), encoding) };
    }),
    methodCodeSequence(options, encoding),
  ];
  const replaced = new Set(own.map(({ tag }) => tag));
  const kept = plan.elements
    .filter(({ element: { tag } }) => !replaced.has(tag))
    .map((planned) => ({ tag: planned.element.tag, bytes: plannedElement(planned, encoding) }))
    .filter((written): written is Written => written.bytes !== undefined);
  return Buffer.concat([...kept, ...own].sort((a, b) => a.tag - b.tag).map(({ bytes }) => bytes));
};

/** The pixel data as it stands, except for bits that hold an overlay instead of the image. */
const pixels = (tree: DatasetTree): Uint8Array => {
  const { pixelData, bytes, encoding } = tree;
  if (!pixelData) return new Uint8Array(0);
  const { tag, start, length } = pixelData;
  const vr = pixelData.vr || 'OW';
  if (length === undefinedLength) {
    const end = fragmentsEnd(bytes, start);
    const delimiter = Buffer.concat([tagBytes(0xfffee0dd, encoding), u32(0, encoding)]);
    return Buffer.concat([header(tag, vr, undefinedLength, encoding), bytes.subarray(start, end), delimiter]);
  }
  return element(tag, vr, overlayBitsCleared(tree, bytes.subarray(start, start + length)), encoding);
};

const meta = (sopClass: string, sopInstance: string, syntax: string): Uint8Array => {
  const body = Buffer.concat([
    element(0x00020001, 'OB', Uint8Array.of(0, 1), metaEncoding),
    element(0x00020002, 'UI', encodedText(sopClass, 'UI'), metaEncoding),
    element(0x00020003, 'UI', encodedText(sopInstance, 'UI'), metaEncoding),
    element(0x00020010, 'UI', encodedText(syntax, 'UI'), metaEncoding),
    element(0x00020012, 'UI', encodedText(implementationClassUid, 'UI'), metaEncoding),
  ]);
  return Buffer.concat([element(0x00020000, 'UL', u32(body.length, metaEncoding), metaEncoding), body]);
};

const uidOf = (tree: DatasetTree, keyword: string): string => {
  const found = tree.elements.find((candidate) => candidate.keyword === keyword);
  return found
    ? Buffer.from(found.value)
        .toString('latin1')
        .replace(/[\0 ]+$/, '')
    : '';
};

/**
 * The whole file: a blank preamble, meta information of its own that holds nothing of the source's, and the planned
 * dataset in the source's encoding.
 */
export const deidentifiedFile = (
  tree: DatasetTree,
  plan: DatasetPlan,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
): Uint8Array =>
  Buffer.concat([
    new Uint8Array(128),
    Buffer.from('DICM'),
    meta(uidOf(tree, 'SOPClassUID'), pseudonyms.uid(uidOf(tree, 'SOPInstanceUID')), tree.syntax.uid),
    topLevel(plan, options, tree.encoding),
    pixels(tree),
  ]);
