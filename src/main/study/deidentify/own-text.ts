/** How the text of a dataset, or of an item in it, is to be read. */
import { type DecodeText, textDecoder } from '../text/character-set.ts';
import type { TreeElement } from './tree.ts';

/** The value of an element that no character set applies to, or that is only compared; empty where there is none. */
export const codeText = (elements: readonly TreeElement[], keyword: string): string => {
  const element = elements.find((candidate) => candidate.keyword === keyword);
  return element ? Buffer.from(element.value).toString('latin1').replaceAll('\0', ' ').trim() : '';
};

/** By its own Specific Character Set (0008,0005), or else that of what holds it (PS3.5 7.5.3). */
export const decoderOf = (elements: readonly TreeElement[], outer: DecodeText = textDecoder(undefined)): DecodeText => {
  const declared = codeText(elements, 'SpecificCharacterSet');
  return declared === '' ? outer : textDecoder(declared.split('\\'));
};
