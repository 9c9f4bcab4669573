/** Which of the pictures that a case has are shown, and with what. Pure. */

import { type ModelRole, modelRoles } from '../study/roles.ts';
import type { KeyImage } from './key-image.ts';

export interface RoleImages {
  role: ModelRole;
  plain: KeyImage | undefined;
  /** Under the map of the prediction in force; a map of another one would be read as this one's. */
  mapped: KeyImage | undefined;
}

/** `predictionId`: of the prediction whose map may be shown. One entry for each role that has a picture, in the order of the panes. */
export const imagesByRole = (images: readonly KeyImage[], predictionId: string | undefined): RoleImages[] =>
  modelRoles
    .map((role) => {
      const own = images.filter((image) => image.role === role);
      return {
        role,
        plain: own.find((image) => image.predictionId === undefined),
        mapped: own.find((image) => image.predictionId !== undefined && image.predictionId === predictionId),
      };
    })
    .filter(({ plain, mapped }) => plain ?? mapped);

/** Of the pictures a person kept, those whose map is not of another prediction. */
export const keptShown = (images: readonly KeyImage[], predictionId: string | undefined): KeyImage[] =>
  images.filter((image) => image.predictionId === undefined || image.predictionId === predictionId);

/**
 * The set after some of it was taken anew: a role whose pane was not ready keeps the picture that it had, as long as the same
 * series plays it; a picture that came out as it was before stays the one that is kept.
 */
export const mergeTaken = (
  before: readonly KeyImage[],
  taken: readonly KeyImage[],
  seriesOf: (role: ModelRole) => string | undefined,
): KeyImage[] => {
  const roles = new Set(taken.map(({ role }) => role));
  const same = (a: KeyImage, b: KeyImage) =>
    a.id === b.id && a.role === b.role && a.seriesId === b.seriesId && a.predictionId === b.predictionId;
  const stay = before.filter(({ role, seriesId }) => !roles.has(role) && seriesOf(role) === seriesId);
  return [...stay, ...taken.map((image) => before.find((other) => same(other, image)) ?? image)];
};
