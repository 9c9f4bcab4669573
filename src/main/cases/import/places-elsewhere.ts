import type { CourseEntry } from '#shared/course/course.ts';
import { coursePartSchemas } from '#shared/course/course.ts';
import type { ExportedCase } from '../export/export-tables.ts';

/** Of a follow-up; that of the demonstration patient is a name and no path. */
const followUpHere = (entry: CourseEntry): CourseEntry => {
  if (entry.kind !== 'time-point' || entry.body === null) return entry;
  const point = coursePartSchemas['time-point'].parse(entry.body);
  if (point.study.state === 'none' || point.study.kind === 'demo') return entry;
  return { ...entry, body: { ...point, study: { ...point.study, path: '' } } };
};

/**
 * Pure: the case without where its images were on the computer that it comes from. There it meant a folder; here it is whatever
 * somebody else wrote, and opening the case would follow it: to a server, too, which Windows tells who is asking (`\\server\share`).
 * The images are found again by relinking.
 */
export const withoutPlaces = (one: ExportedCase): ExportedCase => ({
  ...one,
  source: { ...one.source, path: '' },
  course: one.course.map(followUpHere),
});
