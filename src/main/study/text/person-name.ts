/** Person names (PS3.5 6.2, VR PN): up to three groups, separated by `=`, of up to five components each. */

export interface NameGroups {
  alphabetic?: string;
  ideographic?: string;
  phonetic?: string;
}

/** Family, given, middle, prefix, suffix as people write them; empty components leave nothing behind. */
const readable = (group: string): string =>
  group
    .split('^')
    .map((component) => component.replace(/\p{Cc}/gu, '').trim())
    .filter((component) => component !== '')
    .join(' ');

/** Splits a decoded PN value. `display` is the name as it stands in the file's first group that is not empty. */
export const personName = (value: string): { display: string; groups: NameGroups } => {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=').map(readable);
  const groups: NameGroups = {
    ...(alphabetic ? { alphabetic } : {}),
    ...(ideographic ? { ideographic } : {}),
    ...(phonetic ? { phonetic } : {}),
  };
  return { display: alphabetic || ideographic || phonetic, groups };
};
