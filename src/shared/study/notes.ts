/** Which remarks about quality are worth a person's time. */
import type { QualityNote } from './study.ts';

/** Those that are more than information, the same remark about several series once, in the order given. */
export const notesThatMatter = (notes: readonly QualityNote[]): QualityNote[] => {
  const distinct = new Map(notes.map((note) => [`${note.code} ${note.text}`, note]));
  return [...distinct.values()].filter(({ severity }) => severity !== 'info');
};
