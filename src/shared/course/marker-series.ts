/** Markers and liver function over a course, as lines that break where values cannot be compared. Pure. */
import { canonicalValue } from '../clinical/canonical.ts';
import { canonicalUnit } from '../clinical/factor-definition.ts';
import { factorDefinition } from '../clinical/factor-table.ts';
import type { FactorId, FactorValues } from '../clinical/factor-values.ts';
import { daysBetween } from '../clinical/response/timeline.ts';
import { albi } from '../clinical/scores/albi.ts';
import { nlr } from '../clinical/scores/blood-ratios.ts';
import { childPugh } from '../clinical/scores/child-pugh.ts';
import type { Score } from '../clinical/scores/score.ts';
import type { Course } from './course.ts';

export const markerIds = ['afp', 'pivkaII', 'bilirubin', 'platelets', 'albi', 'childPugh', 'nlr'] as const;
export type MarkerId = (typeof markerIds)[number];

export interface MarkerPoint {
  readonly date: string;
  readonly value: number;
  readonly unit: string;
  readonly assay: string | undefined;
}

export interface MarkerSeries {
  readonly id: MarkerId;
  /** Points of one line each; a change of unit or assay begins another. */
  readonly lines: readonly (readonly MarkerPoint[])[];
}

const scores: Partial<Record<MarkerId, (values: FactorValues) => Score>> = { albi, childPugh, nlr };

/** Every set of values with the day that it stands for. */
const datedValues = ({
  timePoints,
  cycles,
}: Pick<Course, 'timePoints' | 'cycles'>): { date: string; values: FactorValues }[] =>
  [
    ...timePoints.map(({ date, factors }) => ({ date, values: factors })),
    ...cycles.map(({ date, labs }) => ({ date, values: labs })),
  ].toSorted((a, b) => a.date.localeCompare(b.date));

/** In the canonical unit where a conversion is safe; otherwise as it was measured, on a line of its own. */
const factorPoint = (values: FactorValues, id: FactorId, date: string): MarkerPoint | undefined => {
  const entry = values[id];
  if (!entry || typeof entry.value !== 'number') return undefined;
  const canonical = canonicalValue(values, id);
  const unit = canonical.ok ? canonical.quantity.unit : (entry.unit ?? canonicalUnit(factorDefinition(id)));
  const value = canonical.ok ? canonical.quantity.value : entry.value;
  return { date: entry.date?.slice(0, 10) ?? date, value, unit, assay: entry.assay };
};

const scorePoint = (score: Score, date: string): MarkerPoint | undefined =>
  score.value === null ? undefined : { date, value: score.value, unit: '', assay: undefined };

const pointOf = (values: FactorValues, id: MarkerId, date: string): MarkerPoint | undefined => {
  const score = scores[id];
  return score ? scorePoint(score(values), date) : factorPoint(values, id as FactorId, date);
};

const comparable = (a: MarkerPoint, b: MarkerPoint): boolean => a.unit === b.unit && a.assay === b.assay;

const brokenIntoLines = (points: readonly MarkerPoint[]): MarkerPoint[][] => {
  const lines: MarkerPoint[][] = [];
  for (const point of points) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (line && last && comparable(last, point)) line.push(point);
    else lines.push([point]);
  }
  return lines;
};

/** Of each marker that was measured at all. Of two values of one day and kind, the first stands. */
export const markerSeries = (course: Pick<Course, 'timePoints' | 'cycles'>): MarkerSeries[] => {
  const dated = datedValues(course);
  return markerIds.flatMap((id) => {
    const points = dated
      .flatMap(({ date, values }) => pointOf(values, id, date) ?? [])
      .toSorted((a, b) => a.date.localeCompare(b.date));
    const distinct = points.filter(
      (point, index) => points.findIndex((other) => other.date === point.date && comparable(other, point)) === index,
    );
    return distinct.length === 0 ? [] : [{ id, lines: brokenIntoLines(distinct) }];
  });
};

const FALL = 0.8;
const ON_TREATMENT_DAYS = { from: 10, to: 21 };

export interface ActhScore {
  readonly value: number;
  readonly date: string;
}

/** A fall of at least 20 % between two comparable values; undefined where they cannot be compared. */
const responded = (before: FactorValues, after: FactorValues, id: 'afp' | 'pivkaII'): boolean | undefined => {
  const [first, second] = [factorPoint(before, id, ''), factorPoint(after, id, '')];
  if (!first || !second || !comparable(first, second)) return undefined;
  return second.value <= first.value * FALL;
};

/**
 * ACTH, on treatment: Child–Pugh A 0, B 1; AFP response yes 0, no 1; DCP response yes 0, no 1; response is a fall of at least
 * 20 % two weeks after the start (10.1111/hepr.12932). Japanese low-dose FP regimens, which whoever shows it has to say.
 * The values of the day nearest to two weeks, of 10 to 21 days, are taken; undefined where anything is missing.
 */
export const acthScore = (course: Pick<Course, 'timePoints' | 'cycles'>, start: string): ActhScore | undefined => {
  const baseline = course.timePoints[0]?.factors;
  if (!baseline) return undefined;
  const day = (date: string) => daysBetween(start, date);
  const [near] = datedValues(course)
    .filter(({ date }) => day(date) >= ON_TREATMENT_DAYS.from && day(date) <= ON_TREATMENT_DAYS.to)
    .toSorted((a, b) => Math.abs(day(a.date) - 14) - Math.abs(day(b.date) - 14));
  const liver = childPugh(baseline);
  if (!near || liver.value === null || liver.grade === 'C') return undefined;
  const fell = (['afp', 'pivkaII'] as const).map((id) => responded(baseline, near.values, id));
  if (fell.some((one) => one === undefined)) return undefined;
  return { value: (liver.grade === 'B' ? 1 : 0) + fell.filter((one) => one === false).length, date: near.date };
};
