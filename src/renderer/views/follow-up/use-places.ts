/** Where the patient lies at each date of a course: what is kept with the dates, and what is only looked at. */
import { shallowRef } from 'vue';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import { add, type Vec3 } from '#shared/study/geometry.ts';

type Position = NonNullable<TimePoint['position']>;

export interface PlacesOptions {
  points(): readonly TimePoint[];
  /** The course is only read: nothing is kept. */
  readonly(): boolean;
  keep(point: TimePoint): void;
}

const hasPlace = ({ id, position }: TimePoint): boolean => id === BASELINE || position !== undefined;

export const usePlaces = ({ points, readonly, keep }: PlacesOptions) => {
  const lookedAt = shallowRef<ReadonlyMap<string, Position>>(new Map());
  const pointOf = (id: string) => points().find((point) => point.id === id);

  const positionOf = (point: TimePoint): Position | undefined => lookedAt.value.get(point.id) ?? point.position;
  const knownOf = (id: string): Position | undefined => {
    const point = pointOf(id);
    return point && positionOf(point);
  };
  /** mm LPS from where they lay at the baseline; none where that is not known. */
  const placeOf = (id: string): Vec3 => knownOf(id)?.movedMm ?? [0, 0, 0];

  return {
    positionOf,
    knownOf,
    placeOf,
    /** A place against a date whose own is not known says nothing of the baseline: it is looked at, and not kept. */
    canKeep: (earlier: TimePoint): boolean => !readonly() && hasPlace(earlier),
    /** `movedMm`: from the place at the date `earlierId` to the one at `id`, as it was found or set. */
    place(id: string, earlierId: string, movedMm: Vec3, origin: Position['origin']): void {
      const [point, earlier] = [pointOf(id), pointOf(earlierId)];
      if (!point || !earlier) return;
      const position = { movedMm: add(movedMm, placeOf(earlierId)), origin };
      // What was looked at while this one had no place may have been so against it: it is found anew.
      const others = new Map(positionOf(point) ? lookedAt.value : []);
      const isKept = !readonly() && point.id !== BASELINE && hasPlace(earlier);
      if (isKept) others.delete(id);
      else others.set(id, position);
      lookedAt.value = others;
      if (isKept) keep({ ...point, position });
    },
  };
};
