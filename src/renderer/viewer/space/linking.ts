/** Which stacks scroll together. Only positions of one frame of reference can be compared (DICOM PS3.3 C.7.4.1.1.1). */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import { nearestSlice, ontoSlice } from './slices.ts';

export type LinkRefusal = 'unplaced' | 'other-frame';
export type LinkDecision = { linked: true } | { linked: false; reason: LinkRefusal };

/** The frame of reference that most stacks share; the first one (arterial before the others) where two are as common. */
export const commonFrame = (stacks: readonly (StackGeometry | undefined)[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const stack of stacks) {
    const frame = stack?.frameOfReferenceUID;
    if (frame) counts.set(frame, (counts.get(frame) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
};

/** A stack that names no frame is taken to belong to the common one: the attribute is required, so it was stripped. */
export const linkDecision = (stack: StackGeometry | undefined, frame: string | undefined): LinkDecision => {
  if (!stack || stack.positions.length === 0) return { linked: false, reason: 'unplaced' };
  if (frame && stack.frameOfReferenceUID && stack.frameOfReferenceUID !== frame)
    return { linked: false, reason: 'other-frame' };
  return { linked: true };
};

/** Position shown after slice `k` of a stack was chosen: the old one, moved along that stack's normal only. */
export const focusAfterScroll = (stack: StackGeometry, k: number, focus: Vec3): Vec3 => ontoSlice(stack, k, focus);

export interface SliceTarget {
  index: number;
  covered: boolean;
}

/** The slice that a linked stack shows for a position, and whether it really reaches it. */
export const sliceTarget = (stack: StackGeometry, focus: Vec3, thicknessMm?: number): SliceTarget => {
  const { index, covered } = nearestSlice(stack, focus, thicknessMm);
  return { index, covered };
};
