/** The best change of the sum from its baseline, patient by patient: what a waterfall plot shows, by one criterion. Pure. */
import { z } from 'zod';
import { type Criterion, responseCodes } from '../clinical/response/timeline.ts';
import type { Course } from './course.ts';
import { assessCourse } from './course-timeline.ts';

export const waterfallBarSchema = z.object({
  caseId: z.string(),
  /** Percent of the baseline; below zero the sum shrank. */
  change: z.number(),
  /** Best overall response, as the outcome has it. */
  best: z.enum(responseCodes),
});
export type WaterfallBar = z.infer<typeof waterfallBarSchema>;

export const waterfallSchema = z.object({
  /** From the greatest growth to the greatest shrinking. */
  bars: z.array(waterfallBarSchema),
  /** Closed courses in all. */
  courses: z.int(),
  /** Of the demonstration history, and of nobody else. */
  simulated: z.boolean(),
  /** Closed without a response by this criterion. */
  otherwise: z.int(),
  /** With a response, but without a sum after the baseline that it could be drawn from. */
  withoutSums: z.int(),
});
export type Waterfall = z.infer<typeof waterfallSchema>;

/**
 * The smallest change of a complete sum after the baseline and until the day of progression; undefined where there is none.
 * What came after progression was often another treatment's.
 */
export const bestChange = (course: Course, criterion: Criterion): number | undefined => {
  const { visits, progression } = assessCourse(course, criterion);
  const changes = [...visits.values()].flatMap(({ baseline, date, changeFromBaseline }) =>
    baseline || changeFromBaseline === undefined || (progression !== undefined && date > progression)
      ? []
      : [changeFromBaseline],
  );
  return changes.length === 0 ? undefined : Math.min(...changes);
};

export type WaterfallPart = WaterfallBar | 'otherwise' | 'without-sums';

export const waterfallPart = (caseId: string, course: Course, criterion: Criterion): WaterfallPart => {
  const best = course.outcome?.best[criterion]?.response;
  if (best === undefined) return 'otherwise';
  const change = bestChange(course, criterion);
  return change === undefined ? 'without-sums' : { caseId, change, best };
};

export const waterfallOf = (parts: readonly WaterfallPart[], simulated: boolean): Waterfall => ({
  bars: parts.filter((part) => typeof part !== 'string').toSorted((a, b) => b.change - a.change),
  courses: parts.length,
  simulated,
  otherwise: parts.filter((part) => part === 'otherwise').length,
  withoutSums: parts.filter((part) => part === 'without-sums').length,
});
