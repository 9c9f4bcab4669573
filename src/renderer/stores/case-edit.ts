/** The part of a case that a person edits, and the pure steps that change it. */
import { canonicalJson } from '#shared/canonical-json.ts';
import { bytesOf, KEY_IMAGE_BYTES, type KeyImage } from '#shared/cases/key-image.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { largestDiameterMm, withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';
import { TARGETS_IN_LIVER } from '#shared/clinical/response/target-lesion.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import { type Lesion, predictedFrom, withIndexLesion } from '#shared/study/lesion.ts';
import type { DrawnMark, Mark } from '#shared/study/mark.ts';
import type { ModelRole, RoleAssignment } from '#shared/study/roles.ts';
import {
  referenceSeries,
  roundedShift,
  type SeriesShift,
  shiftsPredictedFrom,
  withShift,
} from '#shared/study/series-shift.ts';

export interface CaseEdit {
  roles: RoleAssignment[];
  lesions: Lesion[];
  /** Marks that are no lesions. */
  marks: Mark[];
  /** Series that were moved by hand. */
  shifts: SeriesShift[];
  factors: FactorValues;
  baseRate: number | undefined;
  note: string;
  /** Pictures that a person wanted to stay with the case, in the order in which they were taken. */
  keyImages: KeyImage[];
}

export const emptyEdit: CaseEdit = {
  roles: [],
  lesions: [],
  marks: [],
  shifts: [],
  factors: {},
  baseRate: undefined,
  note: '',
  keyImages: [],
};

/** Who decided, and when (ISO 8601). */
export interface DecidedBy {
  by: string;
  at: string;
}

/**
 * Gives `role` to a series (or to none); a series plays one role at a time. What a person picks is confirmed by the
 * picking.
 */
export const withRole = (
  roles: readonly RoleAssignment[],
  role: ModelRole,
  seriesId: string | undefined,
  { by, at }: DecidedBy,
): RoleAssignment[] => {
  const others = roles.filter((entry) => entry.role !== role && entry.seriesId !== seriesId);
  return seriesId ? [...others, { role, seriesId, origin: 'user', confirmedBy: by, confirmedAt: at }] : others;
};

export const assignRole = (
  edit: CaseEdit,
  role: ModelRole,
  seriesId: string | undefined,
  decided: DecidedBy,
): CaseEdit => ({ ...edit, roles: withRole(edit.roles, role, seriesId, decided) });

export const confirmRoles = (edit: CaseEdit, { by, at }: DecidedBy): CaseEdit => ({
  ...edit,
  roles: edit.roles.map((entry) => (entry.confirmedAt ? entry : { ...entry, confirmedBy: by, confirmedAt: at })),
});

export const allConfirmed = (roles: RoleAssignment[]): boolean =>
  roles.length > 0 && roles.every((entry) => entry.confirmedAt !== undefined);

/** One after the highest number that is there. */
const nextLabel = (letter: string, marked: readonly { label: string }[]): string => {
  const numbers = marked.map(({ label }) => Number(/\d+$/.exec(label)?.[0] ?? 0));
  return `${letter}${Math.max(0, ...numbers) + 1}`;
};

export const addLesion = (edit: CaseEdit, drawn: Omit<Lesion, 'id' | 'label' | 'kind'>, id: string): CaseEdit => {
  const targets = edit.lesions.filter((lesion) => lesion.kind === 'target').length;
  const lesion: Lesion = {
    ...drawn,
    id,
    label: nextLabel('L', edit.lesions),
    kind: targets < TARGETS_IN_LIVER ? 'target' : 'non-target',
  };
  return withDiameter({ ...edit, lesions: [...edit.lesions, lesion] });
};

export const changeLesion = (edit: CaseEdit, changed: Lesion): CaseEdit =>
  withDiameter({ ...edit, lesions: edit.lesions.map((lesion) => (lesion.id === changed.id ? changed : lesion)) });

export const removeLesion = (edit: CaseEdit, id: string): CaseEdit =>
  withDiameter({ ...edit, lesions: edit.lesions.filter((lesion) => lesion.id !== id) });

/** With `undefined` the largest target is the index lesion again. */
export const chooseIndexLesion = (edit: CaseEdit, id: string | undefined): CaseEdit => ({
  ...edit,
  lesions: withIndexLesion(edit.lesions, id),
});

export const addMark = (edit: CaseEdit, drawn: DrawnMark, id: string): CaseEdit => ({
  ...edit,
  marks: [...edit.marks, { ...drawn, id, label: nextLabel('M', edit.marks) }],
});

export const changeMark = (edit: CaseEdit, changed: Mark): CaseEdit => ({
  ...edit,
  marks: edit.marks.map((mark) => (mark.id === changed.id ? changed : mark)),
});

/** A lesion or another mark, by its id. */
export const removeMarked = (edit: CaseEdit, id: string): CaseEdit =>
  edit.marks.some((mark) => mark.id === id)
    ? { ...edit, marks: edit.marks.filter((mark) => mark.id !== id) }
    : removeLesion(edit, id);

/** Would a model read the same lesions? What a reader says beside a measurement is no other input. */
export const samePredictedLesions = (a: readonly Lesion[], b: readonly Lesion[]): boolean =>
  a === b || canonicalJson(a.map(predictedFrom)) === canonicalJson(b.map(predictedFrom));

/**
 * A series moved by so much in all, mm LPS, against the arterial one. That itself, and a study without one, is what it was: there is
 * nothing that it could be laid on.
 */
export const shiftSeries = (edit: CaseEdit, seriesId: string, mm: Vec3, { by, at }: DecidedBy): CaseEdit => {
  const against = referenceSeries(edit.roles);
  const isOnReference = against === undefined || seriesId === against;
  return isOnReference
    ? edit
    : { ...edit, shifts: withShift(edit.shifts, { seriesId, against, mm: roundedShift(mm), by, at }) };
};

/** Would a model read the series at the same places? Who moved them is no other input, nor is a series that it does not read. */
export const samePredictedShifts = (a: CaseEdit, b: CaseEdit): boolean =>
  a.shifts === b.shifts || shiftsPredictedFrom(a.shifts, a).join('\n') === shiftsPredictedFrom(b.shifts, b).join('\n');

/** The largest diameter follows the measured lesions, targets or not, until somebody types another value. */
const withDiameter = (edit: CaseEdit): CaseEdit => ({
  ...edit,
  factors: withLesionDiameter(edit.factors, largestDiameterMm(edit.lesions)),
});

/** The share of a case's room for pictures that those of a person may take: the rest is for the index lesion's. */
const KEPT_SHARE = 0.7;

/** Undefined where there is no room for another one; what is there already is there once. */
export const keepImage = (edit: CaseEdit, image: KeyImage): CaseEdit | undefined => {
  if (edit.keyImages.some(({ id }) => id === image.id)) return edit;
  const keyImages = [...edit.keyImages, image];
  return bytesOf(keyImages) > KEY_IMAGE_BYTES * KEPT_SHARE ? undefined : { ...edit, keyImages };
};

export const dropImage = (edit: CaseEdit, id: string): CaseEdit => ({
  ...edit,
  keyImages: edit.keyImages.filter((image) => image.id !== id),
});
