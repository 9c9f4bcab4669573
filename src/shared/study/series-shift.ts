/**
 * A series that a reader laid on the arterial one by hand, because the patient breathed or lay differently between the two. What its file
 * says lies at p lies at p + mm: a translation, in patient space. Lesions and marks stay where they were drawn on their own
 * image; they are moved with it wherever another image is concerned.
 */
import { z } from 'zod';
import { add, midpoint, type StackGeometry, scale, type Vec3 } from './geometry.ts';
import type { Lesion } from './lesion.ts';
import type { DrawnMark, Mark } from './mark.ts';
import type { RoleAssignment } from './roles.ts';

/** mm along each axis. No breath moves a liver so far: a larger number is a slip of the hand. */
export const LARGEST_SHIFT_MM = 100;

const componentSchema = z.number().min(-LARGEST_SHIFT_MM).max(LARGEST_SHIFT_MM);

export const seriesShiftSchema = z.object({
  seriesId: z.string(),
  /** The series that it was laid on: the arterial one of that time. */
  against: z.string(),
  /** mm LPS. */
  mm: z.tuple([componentSchema, componentSchema, componentSchema]),
  by: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type SeriesShift = z.infer<typeof seriesShiftSchema>;

/** One shift a series: with two nobody knows which. */
export const seriesShiftsSchema = z
  .array(seriesShiftSchema)
  .refine(
    (shifts) => new Set(shifts.map(({ seriesId }) => seriesId)).size === shifts.length,
    'a series is moved twice',
  );

export const NO_SHIFT: Vec3 = [0, 0, 0];

/** To a thousandth of a millimetre, which no hand can tell; a step back is then exactly where the first one began. */
const rounded = (mm: number): number => Math.round(mm * 1000) / 1000 || 0;
export const roundedShift = ([x, y, z]: Vec3): Vec3 => [rounded(x), rounded(y), rounded(z)];

export const isShifted = (mm: Vec3): boolean => mm.some((component) => component !== 0);

export const isWithinReach = (mm: Vec3): boolean => mm.every((component) => Math.abs(component) <= LARGEST_SHIFT_MM);

/** The series that the others are laid on. */
export const referenceSeries = (roles: readonly Pick<RoleAssignment, 'role' | 'seriesId'>[]): string | undefined =>
  roles.find(({ role }) => role === 'arterial')?.seriesId;

/** Those that hold: laid on the series that is the arterial one now, which itself is never moved. */
export const shiftsInForce = (
  shifts: readonly SeriesShift[],
  roles: readonly Pick<RoleAssignment, 'role' | 'seriesId'>[],
): SeriesShift[] => {
  const reference = referenceSeries(roles);
  return shifts.filter(({ seriesId, against }) => against === reference && seriesId !== reference);
};

/** How far a series is moved; not at all where nobody moved it. */
export const shiftOf = (shifts: readonly SeriesShift[], seriesId: string): Vec3 =>
  shifts.find((shift) => shift.seriesId === seriesId)?.mm ?? NO_SHIFT;

/** With one series moved by so much in all; back at where its file says, it is no longer among them. */
export const withShift = (shifts: readonly SeriesShift[], shift: SeriesShift): SeriesShift[] => {
  const others = shifts.filter(({ seriesId }) => seriesId !== shift.seriesId);
  return isShifted(shift.mm) ? [...others, shift] : others;
};

/** The stack where it lies in the reference. */
export const movedStack = (g: StackGeometry, mm: Vec3): StackGeometry =>
  isShifted(mm) ? { ...g, positions: g.positions.map((position) => add(position, mm)) } : g;

export const movedLesion = <T extends Pick<Lesion, 'longAxis' | 'shortAxis'>>(lesion: T, mm: Vec3): T => {
  if (!isShifted(mm)) return lesion;
  const moved = ([a, b]: [Vec3, Vec3]): [Vec3, Vec3] => [add(a, mm), add(b, mm)];
  const { longAxis, shortAxis } = lesion;
  return { ...lesion, longAxis: moved(longAxis), ...(shortAxis ? { shortAxis: moved(shortAxis) } : {}) };
};

export const movedMark = <T extends DrawnMark | Mark>(mark: T, mm: Vec3): T =>
  isShifted(mm) ? { ...mark, points: mark.points.map((point) => add(point, mm)) } : mark;

/** Where the middle of a lesion lies in the reference. */
export const lesionPlace = (
  shifts: readonly SeriesShift[],
  { seriesId, longAxis }: Pick<Lesion, 'seriesId' | 'longAxis'>,
): Vec3 => add(midpoint(...longAxis), shiftOf(shifts, seriesId));

/** The way back: from the reference to where the file of the series says. */
export const opposite = (mm: Vec3): Vec3 => roundedShift(scale(mm, -1));

const signed = (mm: number): string =>
  mm
    .toFixed(1)
    .replace(/^-(?=0\.0$)/, '')
    .replace('-', '−');

/** `3.0 / 0.0 / −5.0`, mm to the left, to the back and to the head. */
export const shiftText = (mm: Vec3): string => mm.map(signed).join(' / ');

/** What of the shifts a prediction is made from: those of series that play a role or hold a lesion. Equal text, equal samples. */
export const shiftsPredictedFrom = (
  shifts: readonly SeriesShift[],
  { roles, lesions }: { roles: readonly RoleAssignment[]; lesions: readonly Pick<Lesion, 'seriesId'>[] },
): string[] => {
  const read = new Set([...roles, ...lesions].map(({ seriesId }) => seriesId));
  return shiftsInForce(shifts, roles)
    .filter(({ seriesId, mm }) => read.has(seriesId) && isShifted(mm))
    .map(({ seriesId, mm }) => `${seriesId} ${mm.join(' ')}`)
    .sort();
};
