import { expect, test } from 'vitest';
import { courseProblems, isComputedNow } from '#shared/course/check-course.ts';
import { courseWriteSchema } from '#shared/course/course.ts';
import { futureDays } from '#shared/course/future-days.ts';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import { courseOfWrites } from '#shared/course/without-images.ts';

const courses = simulatedCourses().map((kept) => ({
  kept,
  course: courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes),
}));

test('60 simulated courses are closed, fit together, and are the same every time', () => {
  expect(courses).toHaveLength(60);
  expect(courses.flatMap(({ course }) => courseProblems(course))).toStrictEqual([]);
  expect(courses.every(({ course }) => course.outcome !== null)).toBe(true);
  expect(simulatedCourses()).toStrictEqual(courses.map(({ kept }) => kept));
  for (const { kept } of courses)
    for (const write of kept.writes) expect(courseWriteSchema.parse(write)).toStrictEqual(write);
});

test('all of what they tell has happened, whatever year it is', () => {
  const days = courses.flatMap(({ kept }) =>
    kept.writes.flatMap(({ kind, body }) => (body === null ? [] : futureDays(kind, body, '2025-01-01'))),
  );
  expect(days).toStrictEqual([]);
});

test('their responses are what the engines make of their measures, and every one is there', () => {
  for (const { course } of courses) {
    expect(course.assessments.every((one) => isComputedNow(course, one))).toBe(true);
    expect(course.assessments).toHaveLength(4);
  }
  const best = courses.map(({ course }) => course.outcome?.best.mrecist?.response);
  expect([...new Set(best)].sort()).toStrictEqual(['CR', 'PD', 'PR', 'SD']);
});

test('nobody can take them for patients', () => {
  for (const { kept } of courses) {
    expect(kept.source.kind).toBe('simulated');
    expect(kept.study.patient.patientName).toMatch(/^SIMULATED\^\d\d$/);
    expect(kept.study.patient.patientId).toMatch(/^SIM-HISTORY-\d\d$/);
  }
});
