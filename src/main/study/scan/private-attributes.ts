/** Private elements that matter, found by their creator (PS3.5 7.8.1), never by number alone. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { textDecoder } from '../text/character-set.ts';
import { privateAttributes, tagNumber } from './attributes.ts';
import type { Encoding, RawDataset } from './element-reader.ts';
import { elementValue } from './values.ts';

const plainText = textDecoder(undefined);

const keyOf = (group: number, creator: string): string => `${group} ${creator}`;
const byCreator = privateAttributes.map((attribute) => [keyOf(attribute.group, attribute.creator), attribute] as const);

/** Blocks by creator: `group creator` → block number. */
const creatorBlocks = (bytes: Buffer, elements: RawDataset, encoding: Encoding): Map<string, number> => {
  const blocks = new Map<string, number>();
  for (const [tag, element] of elements) {
    const group = tag >>> 16;
    const number = tag & 0xffff;
    if ((group & 1) === 0 || number < 0x10 || number > 0xff) continue;
    const creator = elementValue(bytes, element, 'LO', encoding, plainText);
    if (typeof creator === 'string') blocks.set(keyOf(group, creator.toUpperCase()), number);
  }
  return blocks;
};

export const readPrivateAttributes = (
  bytes: Buffer,
  elements: RawDataset,
  encoding: Encoding,
  into: SeriesFacts,
): void => {
  const blocks = creatorBlocks(bytes, elements, encoding);
  if (blocks.size === 0) return;
  for (const [key, { group, element: number, vr, keyword }] of byCreator) {
    const block = blocks.get(key);
    if (block === undefined) continue;
    const element = elements.get(tagNumber(group, block * 0x100 + number));
    if (!element) continue;
    const known = element.vr === '' || element.vr === 'UN' ? vr : element.vr;
    const value = elementValue(bytes, element, known, encoding, plainText);
    if (value !== null) into[keyword] = value;
  }
};
