/** Names and representations of standard elements (PS3.6). */
import dataElements from './data-elements.json' with { type: 'json' };

export interface DictionaryEntry {
  keyword: string;
  vr: string;
}

/** `gggg,eeee` in upper case → entry. */
export type Dictionary = (tag: string) => DictionaryEntry | undefined;

/** Group lengths and private creators stand in every group, and in no list. */
const general = (tag: string): DictionaryEntry | undefined => {
  if (tag.endsWith(',0000')) return { keyword: 'GroupLength', vr: 'UL' };
  const isPrivate = Number.parseInt(tag.slice(3, 4), 16) % 2 === 1;
  if (isPrivate && /,00[1-9A-F][0-9A-F]$/.test(tag)) return { keyword: 'PrivateCreator', vr: 'LO' };
  return undefined;
};

const table: Readonly<Record<string, string | undefined>> = dataElements;

/** Groups of overlays (60xx), curves (50xx) and variable pixel data (7Fxx) repeat. */
const repeating = (tag: string): string => `${tag.slice(0, 2)}xx${tag.slice(4)}`;

export const dictionary: Dictionary = (tag) => {
  const entry = table[tag] ?? table[repeating(tag)];
  if (entry === undefined) return general(tag);
  return { vr: entry.slice(0, 2), keyword: entry.slice(3) };
};
