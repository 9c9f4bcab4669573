/** What is opened to be looked at is decoded while the page still makes its panes. */
import type { RoleAssignment } from '#shared/study/roles.ts';
import { shownAtFirst } from '#shared/study/shown-series.ts';
import type { OpenedStudies, ScannedStudy } from '#shared/study/study.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import type { StudyService } from '../study/service.ts';

/** Begins to decode the series that the panes of a study show at first; a host that shows none does nothing. */
export type DecodeShown = (openId: string, study: ScannedStudy, roles: readonly RoleAssignment[]) => void;

export const decodeShown =
  (studies: Pick<StudyService, 'decodeAhead'>): DecodeShown =>
  (openId, study, roles) =>
    studies.decodeAhead(openId, shownAtFirst(study.series, roles));

/** Of several studies a person chooses one first, and nobody knows which. */
export const decodeOnly = (decode: DecodeShown, { openId, studies }: OpenedStudies): void => {
  const [only, another] = studies;
  if (only && !another) decode(openId, only, suggestedRoles(only.series));
};
