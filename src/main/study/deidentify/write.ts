/** A planned dataset as the bytes of a file. Values that stay are copied as they are; only new ones are encoded. */
import type { DeidentifyOptions } from '#shared/study/deidentify.ts';
import { element, encodedText, header, part10File, sequence, tagBytes, u32 } from '../encode/elements.ts';
import { tagNumber } from '../scan/attributes.ts';
import type { Encoding } from '../scan/element-reader.ts';
import { undefinedLength } from '../scan/element-reader.ts';
import { fragmentsEnd } from '../volumes/fragments.ts';
import { methodCodes } from './options.ts';
import { overlayBitsCleared } from './overlay-bits.ts';
import { type DatasetPlan, declaration, type PlannedElement } from './plan.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { DatasetTree } from './tree.ts';

interface Written {
  tag: number;
  bytes: Uint8Array;
}

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
  part10File(
    {
      sopClass: uidOf(tree, 'SOPClassUID'),
      sopInstance: pseudonyms.uid(uidOf(tree, 'SOPInstanceUID')),
      syntax: tree.syntax.uid,
    },
    topLevel(plan, options, tree.encoding),
    pixels(tree),
  );
