/** Two viewers of the same images at the same place: whichever is moved, the other one follows. */
import { distance, type Vec3 } from '#shared/study/geometry.ts';
import type { ViewerCommands } from '../../viewer/contract.ts';

/** Below this two positions are one: what a viewer answers is not followed again. */
const SAME_MM = 0.01;

export type Side = 'first' | 'second';
type Follower = Pick<ViewerCommands, 'goTo' | 'look'>;

export interface SamePlace {
  /** A viewer shows another position, mm LPS. */
  moved(side: Side, position: Vec3): void;
  /** The second viewer came and shows something: it goes where the first one is. */
  came(): void;
}

export const useSamePlace = (viewers: Readonly<Record<Side, () => Follower | null | undefined>>): SamePlace => {
  const shown = new Map<Side, Vec3>();
  return {
    moved(side, position) {
      shown.set(side, position);
      const other: Side = side === 'first' ? 'second' : 'first';
      const there = shown.get(other);
      if (!there || distance(there, position) > SAME_MM) viewers[other]()?.goTo(position);
    },
    came() {
      const place = viewers.first()?.look().focus;
      if (place) viewers.second()?.goTo(place);
    },
  };
};
