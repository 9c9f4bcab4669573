/**
 * A file name or an element's value may hold what steers a terminal, or turns the direction of writing: such characters
 * are shown as their escapes, which mean the same within JSON. Line ends and tabs are what a terminal is for.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
