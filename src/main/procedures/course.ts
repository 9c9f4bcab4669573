import type { CourseWrite } from '#shared/course/course.ts';
import { type Actor, nameOfActor } from '../cases/audit/actor.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';
import { picturesNamed } from '../cases/rows/course-picture-rows.ts';
import type { Vault } from '../cases/vault.ts';
import { courseTableHandlers } from './course-tables.ts';
import type { Session } from './draft.ts';
import { type FollowUpOptions, followUpHandlers } from './follow-ups.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { picturesHeld } from './key-images.ts';
import { simulatedCourseHandlers } from './simulated-courses.ts';

export interface CourseHandlerOptions extends Omit<FollowUpOptions, 'changed' | 'vault' | 'session'> {
  session: FollowUpOptions['session'] & Pick<Session, 'pictures'>;
  vault: Vault;
  jobs: Jobs;
  actor: () => Actor;
  changed: (caseId?: string) => void;
  /** What whoever calls may not be told of. */
  covered: () => Covered;
}

const UNNAMED = '—';

/** Who confirms, and when, is this workstation's to say. */
const signed = (write: CourseWrite, by: string, at: string): CourseWrite => {
  if (write.kind === 'assessment' && write.body) return { ...write, body: { ...write.body, reader: by, at } };
  if (write.kind === 'outcome' && write.body) {
    return { ...write, body: { ...write.body, confirmedBy: by, confirmedAt: at } };
  }
  return write;
};

export const courseHandlers = ({
  vault,
  jobs,
  actor,
  changed,
  session,
  covered,
  ...followUps
}: CourseHandlerOptions): HandlersOf<'course'> => ({
  ...followUpHandlers({ vault, jobs, actor, changed, session, ...followUps }),
  ...courseTableHandlers({ vault, jobs, actor, changed, covered }),
  ...simulatedCourseHandlers({ vault, jobs, actor, changed }),
  'course.get': ({ caseId }) => vault.store().course(caseId),
  'course.write': ({ caseId, writes, amendment }) => {
    const [by, at] = [nameOfActor(actor()) || UNNAMED, new Date().toISOString()];
    const course = vault.store().writeCourse(
      caseId,
      writes.map((write) => signed(write, by, at)),
      { actor: actor(), amendment, pictures: picturesHeld(picturesNamed(writes), session) },
    );
    changed(caseId);
    return course;
  },
  'course.history': ({ caseId, part }) => ({
    entries: part
      ? vault.store().courseHistory(caseId, part.kind, part.id)
      : vault.store().courseEntries(caseId).toReversed(),
  }),
});
