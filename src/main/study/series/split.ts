/** One way of dividing the images of a series, and what each part is called. */
import type { partLabel, Unplaced } from '#shared/study/messages/stacks.ts';
import type { ImageRecord } from '../records.ts';

export interface SplitPart {
  images: ImageRecord[];
  /** For the stack's id: lower-case letters, digits and hyphens. */
  slug: string;
  /** For people: why these images stand apart, with the value that decided. */
  label: ReturnType<typeof partLabel>;
  /** Fewer slices than the other parts: taken again, or stopped early. */
  fragment?: boolean;
  /** Why these images must not be placed in patient space, although each has a position. */
  unplaced?: Unplaced;
}

/** Divides images, or leaves them as one group by returning no part. */
export type Splitter = (images: readonly ImageRecord[]) => SplitPart[];

/** Groups in order of first appearance of their key. */
export const groupBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** Groups items that `same` calls alike to the first member of a group; for values that carry rounding. */
export const cluster = <T>(items: readonly T[], same: (a: T, b: T) => boolean): T[][] => {
  const groups: [T, ...T[]][] = [];
  for (const item of items) {
    const group = groups.find(([first]) => same(first, item));
    if (group) group.push(item);
    else groups.push([item]);
  }
  return groups;
};
