import { AppError } from '#shared/errors.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import { type ModelRole, modelRoleSchema, modelRoles, type RoleAssignment } from '#shared/study/roles.ts';
import {
  isShifted,
  isWithinReach,
  LARGEST_SHIFT_MM,
  referenceSeries,
  type SeriesShift,
} from '#shared/study/series-shift.ts';

export type ShiftChoices = ReadonlyMap<ModelRole, Vec3>;

const refuse = (option: string, why: string): AppError =>
  new AppError(
    'usage',
    `--shift ${option} is not understood: ${why} Use ROLE=X,Y,Z (mm to the left, to the back and to the head, each within ±${LARGEST_SHIFT_MM}); roles: ${modelRoles.filter((role) => role !== 'arterial').join(', ')}.`,
  );

const vectorOf = (text: string): Vec3 | undefined => {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [x, y, z] = parts;
  if (x === undefined || y === undefined || z === undefined || parts.length !== 3) return undefined;
  const mm: Vec3 = [x, y, z];
  return isWithinReach(mm) ? mm : undefined;
};

/** `--shift ROLE=X,Y,Z`, as often as needed. Throws `usage`. */
export const parseShiftOptions = (options: readonly string[]): ShiftChoices =>
  new Map(
    options.map((option) => {
      const [name = '', text = ''] = option.split(/=(.*)/s, 2);
      const role = modelRoleSchema.safeParse(name);
      if (!role.success) throw refuse(option, 'it names no role.');
      if (role.data === 'arterial') throw refuse(option, 'the others are moved against the arterial series.');
      const mm = vectorOf(text);
      if (!mm) throw refuse(option, 'it needs three numbers.');
      return [role.data, mm];
    }),
  );

/** Throws `usage` for a role that no series has, and where nothing is arterial that the others could be laid on. */
export const chooseShifts = (
  choices: ShiftChoices,
  { roles, user, at }: { roles: readonly RoleAssignment[]; user: string; at: string },
): SeriesShift[] => {
  const against = referenceSeries(roles);
  return [...choices].flatMap(([role, mm]): SeriesShift[] => {
    const option = `${role}=${mm.join(',')}`;
    const seriesId = roles.find((one) => one.role === role)?.seriesId;
    if (seriesId === undefined) throw refuse(option, `no series has the ${role} role.`);
    if (against === undefined)
      throw refuse(option, 'no series has the arterial role, which the others are moved against.');
    return isShifted(mm) ? [{ seriesId, against, mm, by: user, at }] : [];
  });
};
