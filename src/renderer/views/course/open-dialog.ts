import type { Criterion } from '#shared/clinical/response/timeline.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { CoTherapy, Cycle, TreatmentEnd } from '#shared/course/treatment.ts';

/** Which dialog of the course is open, and on what. */
export type OpenDialog =
  | { what: 'time-point'; point: TimePoint; isNew: boolean }
  | { what: 'lesion'; lesion: CourseLesion; isNew: boolean }
  | { what: 'cycle'; cycle: Cycle; isNew: boolean }
  | { what: 'therapy'; therapy: CoTherapy; isNew: boolean }
  | { what: 'end'; end: TreatmentEnd; isNew: boolean }
  | { what: 'pictures'; of: { lesionId: string } | { timePointId: string } }
  | { what: 'response'; timePointId: string; criterion: Criterion }
  | { what: 'plan' | 'outcome' | 'amend' | 'history' };
