/** How the text of a dataset, or of an item in it, is to be read. */
import { type DecodeText, textDecoder } from '../text/character-set.ts';
import type { TreeElement } from './tree.ts';

/** By its own Specific Character Set (0008,0005), or else that of what holds it (PS3.5 7.5.3). */
export const decoderOf = (elements: readonly TreeElement[], outer: DecodeText = textDecoder(undefined)): DecodeText => {
  const own = elements.find(({ keyword }) => keyword === 'SpecificCharacterSet');
  const declared = own ? Buffer.from(own.value).toString('latin1').replaceAll('\0', ' ').trim() : '';
  return declared === '' ? outer : textDecoder(declared.split('\\'));
};
