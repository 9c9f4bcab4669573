/** Where a study lies on this computer says nothing to whoever receives a case, and may name a person or a hospital. */
import { timePointSchema } from '#shared/course/time-point.ts';
import type { ExportedCase } from '../cases/export/export-tables.ts';

type Entry = ExportedCase['course'][number];

const bodyWithout = ({ kind, body }: Entry): Entry['body'] => {
  if (kind !== 'time-point' || body === null) return body;
  const { study, ...rest } = timePointSchema.parse(body);
  return { ...rest, study: study.state === 'opened' ? { ...study, path: '' } : study };
};

/** The same case, in the same form: its own study and those of its visits without their paths. */
export const withoutPaths = (one: ExportedCase): ExportedCase => ({
  ...one,
  source: { ...one.source, path: '' },
  course: one.course.map((entry) => ({ ...entry, body: bodyWithout(entry) })),
});
