/** The rectangle that every chart draws in, and the scales between values and it. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';

export const CHART = { width: 440, height: 300, left: 56, right: 24, top: 14, bottom: 40 } as const;

export type Domain = readonly [number, number];

export interface ChartScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

export const chartScales = (xDomain: Domain, yDomain: Domain): ChartScales => ({
  x: scaleLinear(xDomain, [CHART.left, CHART.width - CHART.right]),
  y: scaleLinear(yDomain, [CHART.height - CHART.bottom, CHART.top]),
});

/** The point whose x lies nearest; the first of several. */
export const nearestTo = <T>(points: readonly T[], at: number, xOf: (point: T) => number): T | undefined =>
  points.reduce<T | undefined>(
    (best, point) => (best !== undefined && Math.abs(xOf(best) - at) <= Math.abs(xOf(point) - at) ? best : point),
    undefined,
  );

/** Value under a pointer, within the domain. */
export const valueUnder = (event: MouseEvent, svg: SVGSVGElement, { x }: ChartScales): number => {
  const box = svg.getBoundingClientRect();
  const inChart = ((event.clientX - box.left) / box.width) * CHART.width;
  const [low = 0, high = 1] = x.domain();
  return Math.min(high, Math.max(low, x.invert(inChart)));
};
