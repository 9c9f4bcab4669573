/** Which series stands in which pane. Pure. */
import { type ModelRole, modelRoles, type RoleAssignment } from '#shared/study/roles.ts';
import { largestFirst } from '#shared/study/shown-series.ts';
import type { ScannedSeries } from '#shared/study/study.ts';

export interface PlannedPane {
  role: ModelRole;
  series: ScannedSeries | undefined;
  confirmed: boolean;
  /** It is here to be looked at, and not because it plays the role. */
  viewing: boolean;
}

/** Series put into panes by hand, by the role whose place they take. */
export type Placed = Readonly<Partial<Record<ModelRole, string>>>;

/**
 * A pane for each role with the series that plays it, or that was put there to be looked at. In a study where nothing plays
 * a role the largest series stand there, and no pane is empty.
 */
export const planPanes = (
  series: readonly ScannedSeries[],
  roles: readonly RoleAssignment[],
  placed: Placed,
): PlannedPane[] => {
  const find = (id: string | undefined) => series.find((entry) => entry.id === id);
  const largest = roles.length === 0 ? largestFirst(series) : [];
  const panes = modelRoles.map((role, place): PlannedPane => {
    const assignment = roles.find((entry) => entry.role === role);
    const own = find(assignment?.seriesId);
    const shown = find(placed[role]) ?? own ?? largest[place];
    const viewing = shown !== undefined && shown !== own;
    return { role, series: shown, confirmed: !viewing && assignment?.confirmedAt !== undefined, viewing };
  });
  return roles.length === 0 ? panes.filter(({ series: shown }) => shown !== undefined) : panes;
};
