/** A series description (VR LO) has at most 64 characters; a hostile one must not keep the patterns busy. */
const longestName = 256;

/**
 * Names as scanners and radiographers write them, made comparable: one letter case, no accents, full-width characters
 * narrowed, separators as single blanks. A hyphen or plus that carries meaning (`-C`, `+C`, `3-4 min`) stays.
 */
export const normaliseName = (name: string): string =>
  name
    .slice(0, longestName)
    // Archives put `s` or `d` before the names of series that they split or derived: `sIN PHASE`, `dADC`.
    .replace(/^(?:s{1,2}|d{1,2})(?=[A-Z0-9])/, '')
    .replace(/^s(?=mDIXON|out_of|subs? )/, '')
    .normalize('NFKC')
    .normalize('NFD')
    // Latin accents only: the marks of Japanese kana (U+3099, U+309A) change the letter.
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    // T2* and R2* are not T2 and R2.
    .replace(/([tr]2)\s?\*/g, '$1star ')
    .replace(/(?<=[a-z0-9])-(?=[a-z])/g, ' ')
    .replace(/(?<!\d)\.|\.(?!\d)/g, ' ')
    .replace(/[_/,:;()[\]{}<>*=#@~&|\\^"'`?!$、。·・「」【】]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
