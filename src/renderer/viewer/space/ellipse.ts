/** An ellipse on a slice, and the values within it. Pure. */
import { dot, length, midpoint, scale, subtract, type Vec3 } from '#shared/study/geometry.ts';

/** Ends of one axis, then of the other, mm LPS. */
export type EllipsePoints = readonly [Vec3, Vec3, Vec3, Vec3];

export interface Ellipse {
  center: Vec3;
  /** From the centre to the rim along the one axis, and along the other, mm. */
  u: Vec3;
  v: Vec3;
  /** How long those are. */
  a: number;
  b: number;
}

export const ellipseOf = (points: EllipsePoints): Ellipse => {
  const u = scale(subtract(points[1], points[0]), 0.5);
  const v = scale(subtract(points[3], points[2]), 0.5);
  return { center: midpoint(points[0], points[1]), u, v, a: length(u), b: length(v) };
};

export const hasArea = ({ a, b }: Ellipse): boolean => a > 0 && b > 0;

/** Does a position lie in an ellipse that has an area, or on its rim? What lies off its plane is seen along the normal. */
export const isWithin = ({ center, u, v, a, b }: Ellipse, position: Vec3): boolean => {
  const at = subtract(position, center);
  return (dot(at, u) / (a * a)) ** 2 + (dot(at, v) / (b * b)) ** 2 <= 1 + 1e-9;
};

export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** With n − 1; 0 where there is one value. */
  readonly sd: number;
}

/** Mean and standard deviation, value by value in Welford's way: values far from zero lose no digits. */
export class SpreadSum {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  /** Undefined where there was no value. */
  spread(): Spread | undefined {
    const [count, mean] = [this.#count, this.#mean];
    if (count === 0) return undefined;
    return { count, mean, sd: count > 1 ? Math.sqrt(this.#squares / (count - 1)) : 0 };
  }
}
