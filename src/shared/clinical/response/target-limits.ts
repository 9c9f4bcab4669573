/** How many targets RECIST 1.1 counts, and how large they are at baseline. */
import { smallestTargetMm } from './target-lesion.ts';
import type { LesionIdentity } from './timeline.ts';

export const MOST_TARGETS = 5;
export const MOST_IN_ORGAN = 2;

/** mm of short axis; a node of 10 to less than 15 mm is pathological and no target. */
const LEAST_NODE_MM = 15;

/** mm: longest diameter, of a node its short axis. */
export const leastTargetMm = ({ node }: Pick<LesionIdentity, 'node'>): number =>
  node ? LEAST_NODE_MM : smallestTargetMm(undefined);

/** All lymph nodes together count as one organ. */
export const organOf = ({ node, organ }: Pick<LesionIdentity, 'node' | 'organ'>): string =>
  node ? 'lymph nodes' : organ.trim().toLowerCase();
