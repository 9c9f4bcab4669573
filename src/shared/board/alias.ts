/** What a case is called while its patient's identity is hidden: the same at every meeting, and no two alike in one. */

/** How many words each language has for it (`board.birds`). */
export const ALIAS_WORDS = 40;

export interface Alias {
  /** Index of the word, 0 to `ALIAS_WORDS` − 1. */
  word: number;
  number: number;
}

const LARGEST = 99;

/** FNV-1a, 32 bits: spread evenly, and nothing that has to resist anybody. The id of a case is random and names nobody. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
};

export const aliasOf = (caseId: string): Alias => {
  const hash = hashOf(caseId);
  return { word: hash % ALIAS_WORDS, number: 1 + (Math.floor(hash / ALIAS_WORDS) % LARGEST) };
};

const keyOf = ({ word, number }: Alias): string => `${word}-${number}`;

/** Of the cases of one list: where two would be called alike, the second in the order of their ids takes the next free number. */
export const aliasesOf = (caseIds: readonly string[]): ReadonlyMap<string, Alias> => {
  const taken = new Set<string>();
  const aliases = new Map<string, Alias>();
  for (const id of caseIds.toSorted()) {
    let alias = aliasOf(id);
    while (taken.has(keyOf(alias))) alias = { ...alias, number: alias.number + 1 };
    taken.add(keyOf(alias));
    aliases.set(id, alias);
  }
  return aliases;
};
