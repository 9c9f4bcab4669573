import { expect, test } from 'vitest';
import type { CourseKind, CourseParts } from '#shared/course/course.ts';
import { futureDays, latestDay } from '#shared/course/future-days.ts';
import { defaultPlan } from '#shared/course/plan.ts';
import { sampleCycle, sampleTimePoint } from './sample-course.ts';

const TODAY = '2026-11-28';
const [soon, later] = ['2026-11-29', '2026-11-30'];

const labs = (date: string) => ({ afp: { value: 4, unit: 'ng/mL', date } });
const event = (date: string) => ({ id: 'e', term: 'Fever', version: '5.0' as const, grade: 1, date });
const outcome = (days: Partial<CourseParts['outcome']>): CourseParts['outcome'] => ({
  best: {},
  endpoints: {},
  confirmedBy: 'a',
  confirmedAt: '2999-01-01T00:00:00.000Z',
  ...days,
});

/** Every day of every part, as a part that has it. */
const parts: [string, CourseKind, (day: string) => CourseParts[CourseKind]][] = [
  ['randomisation', 'plan', (day) => ({ ...defaultPlan, randomised: day })],
  ['a visit', 'time-point', (day) => sampleTimePoint('v', day, {})],
  ['a value of a visit', 'time-point', (day) => sampleTimePoint('v', TODAY, {}, { factors: labs(`${day}T08:00`) })],
  ['a cycle', 'cycle', (day) => sampleCycle('c', day)],
  ['a value before a cycle', 'cycle', (day) => ({ ...sampleCycle('c', TODAY), labs: labs(day) })],
  ['an adverse event', 'cycle', (day) => ({ ...sampleCycle('c', TODAY), events: [event(day)] })],
  ['the start of a therapy', 'co-therapy', (day) => ({ id: 't', kind: 'TKI', name: 'x', start: day })],
  ['the end of a therapy', 'co-therapy', (day) => ({ id: 't', kind: 'TKI', name: 'x', start: TODAY, end: day })],
  ['the end of treatment', 'end', (day) => ({ date: day, reason: 'E' })],
  ['a conversion', 'end', (day) => ({ date: TODAY, reason: 'E', conversion: { kind: 'resection', date: day } })],
  ['the start', 'outcome', (day) => outcome({ start: day })],
  ['progression', 'outcome', (day) => outcome({ progression: day })],
  ['death', 'outcome', (day) => outcome({ death: day })],
  ['last contact', 'outcome', (day) => outcome({ lastContact: day })],
  ['last assessment', 'outcome', (day) => outcome({ lastAssessment: day })],
  ['best response', 'outcome', (day) => outcome({ best: { mrecist: { response: 'PR', byHand: true, date: day } } })],
];

test.each(parts)('%s cannot lie beyond tomorrow', (_what, kind, part) => {
  expect(futureDays(kind, part(soon), TODAY)).toStrictEqual([]);
  expect(futureDays(kind, part(later), TODAY)).toHaveLength(1);
});

test('what is due is planned: only what happened is looked at', () => {
  expect(futureDays('plan', { ...defaultPlan, followUpWeeks: 52 }, TODAY)).toStrictEqual([]);
  expect(latestDay('2026-12-31')).toBe('2027-01-01');
});
