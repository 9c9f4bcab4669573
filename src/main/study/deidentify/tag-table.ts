/** Tags as PS3.15 lists them: `gggg:` and the elements (hexadecimal) of that group that follow it. */
import { tagNumber } from '../scan/attributes.ts';

/** Tag numbers (group × 65536 + element), in the order of the table. */
export const tagsOf = (table: string): number[] => {
  const tags: number[] = [];
  let group = 0;
  for (const word of table.trim().split(/\s+/)) {
    if (word.endsWith(':')) group = Number.parseInt(word, 16);
    else tags.push(tagNumber(group, Number.parseInt(word, 16)));
  }
  return tags;
};
