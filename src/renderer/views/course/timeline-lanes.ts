/** Where things stand on the one time line of a course. Pure. */
import { scaleTime } from 'd3-scale';
import { DAY_MS } from '#shared/clinical/response/timeline.ts';
import type { Course } from '#shared/course/course.ts';
import { type MarkerId, type MarkerSeries, markerSeries } from '#shared/course/marker-series.ts';

export const LINE = { width: 1_000, left: 96, right: 40, lane: 44, top: 52 } as const;
const MARGIN_DAYS = 7;

export interface Lanes {
  readonly x: (day: string) => number;
  readonly ticks: readonly { at: number; day: string }[];
  readonly markers: readonly {
    id: MarkerId;
    unit: string;
    lines: readonly (readonly { at: number; y: number; value: number; date: string; assay: string | undefined }[])[];
  }[];
}

const daysOf = (course: Course, due: string | undefined, boards: readonly string[]): string[] => [
  ...boards,
  ...course.timePoints.map(({ date }) => date),
  ...course.cycles.map(({ date }) => date),
  ...course.coTherapies.flatMap(({ start, end }) => [start, ...(end ? [end] : [])]),
  ...(course.end ? [course.end.date] : []),
  ...(due ? [due] : []),
];

/** A marker's own scale within its lane, 0 below and 1 above; logarithmic where it spans decades, as AFP does. */
const laneScale = (values: readonly number[]): ((value: number) => number) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return () => 0.5;
  const isLog = low > 0 && high / low > 20;
  const place = isLog ? Math.log : (value: number) => value;
  return (value) => (place(value) - place(low)) / (place(high) - place(low));
};

const markerLane = (series: MarkerSeries, x: (day: string) => number): Lanes['markers'][number] => {
  const points = series.lines.flat();
  const scale = laneScale(points.map(({ value }) => value));
  return {
    id: series.id,
    unit: points[0]?.unit ?? '',
    lines: series.lines.map((line) =>
      line.map(({ date, value, assay }) => ({ at: x(date), y: scale(value), value, date, assay })),
    ),
  };
};

/** `boards`: days on which a tumour board decided. */
export const lanesOf = (course: Course, due: string | undefined, boards: readonly string[] = []): Lanes => {
  const days = daysOf(course, due, boards).toSorted();
  const [first = '2000-01-01'] = days;
  const last = days.at(-1) ?? first;
  const from = new Date(Date.parse(first) - MARGIN_DAYS * DAY_MS);
  const to = new Date(Date.parse(last) + MARGIN_DAYS * DAY_MS);
  const scale = scaleTime([from, to], [LINE.left, LINE.width - LINE.right]);
  const x = (day: string) => scale(new Date(Date.parse(day)));
  return {
    x,
    ticks: scale.ticks(6).map((tick) => ({ at: scale(tick), day: tick.toISOString().slice(0, 10) })),
    markers: markerSeries(course).map((series) => markerLane(series, x)),
  };
};
