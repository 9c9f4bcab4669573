/** Which series of a study are seen when it is opened. Pure. */
import { stackNormal } from './geometry.ts';
import { modelRoles, type RoleAssignment } from './roles.ts';
import type { ScannedSeries } from './study.ts';

/** Within 45° of the body's axis: the plane that a liver is read in. */
const AXIAL_COSINE = Math.SQRT1_2;

const isAxial = ({ geometry }: ScannedSeries): boolean =>
  geometry !== undefined && Math.abs(stackNormal(geometry)[2]) >= AXIAL_COSINE;

const voxels = ({ instances, rows, columns }: ScannedSeries): number => instances * rows * columns;

/** Axial series first, each kind by its number of voxels: what a reader would open without being told more. */
export const largestFirst = (series: readonly ScannedSeries[]): ScannedSeries[] =>
  [...series].sort((a, b) => Number(isAxial(b)) - Number(isAxial(a)) || voxels(b) - voxels(a));

/** Ids of those that the panes show at first, in their order: one for each role, or the largest where nothing plays a role. */
export const shownAtFirst = (series: readonly ScannedSeries[], roles: readonly RoleAssignment[]): string[] => {
  const played = modelRoles.flatMap((role) => roles.find((one) => one.role === role)?.seriesId ?? []);
  const there = new Set(series.map(({ id }) => id));
  return roles.length > 0
    ? [...new Set(played)].filter((id) => there.has(id))
    : largestFirst(series)
        .slice(0, modelRoles.length)
        .map(({ id }) => id);
};
