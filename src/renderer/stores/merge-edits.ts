/** Two edits of one case, side by side, and one made of both. Pure. */
import { canonicalJson } from '#shared/canonical-json.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { FactorId, FactorValues } from '#shared/clinical/factor-values.ts';
import { type CaseEdit, samePredictedLesions, samePredictedShifts } from './case-edit.ts';

export type Side = 'mine' | 'theirs';

/** What a person chooses between as a whole: parts of a measurement of two hands would be nobody's. */
export type EditPart =
  | 'note'
  | 'baseRate'
  | 'roles'
  | 'lesions'
  | 'marks'
  | 'shifts'
  | 'keyImages'
  | `factors.${FactorId}`;

export interface Difference {
  part: EditPart;
  /** The only side that changed it, where there is one; undefined where both did and a person has to choose. */
  changedBy: Side | undefined;
}

export const editOf = (kept: SavedCase): CaseEdit => ({
  roles: kept.roles,
  lesions: kept.lesions,
  marks: kept.marks ?? [],
  shifts: kept.shifts ?? [],
  factors: kept.factors,
  baseRate: kept.baseRate ?? undefined,
  note: kept.note,
  keyImages: kept.keyImages.filter(({ origin }) => origin === 'kept'),
});

/** Who confirmed a role, and when, is no difference of what was decided. */
const comparable = (part: EditPart, edit: CaseEdit): unknown => {
  if (part === 'roles') return edit.roles.map(({ role, seriesId }) => `${role} ${seriesId}`).sort();
  if (part === 'shifts') return edit.shifts.map(({ seriesId, mm }) => `${seriesId} ${mm.join(' ')}`).sort();
  if (part === 'keyImages') return edit.keyImages.map(({ id }) => id).sort();
  if (part === 'note' || part === 'baseRate' || part === 'lesions' || part === 'marks') return edit[part];
  const factor = factorOf(part);
  return factor && edit.factors[factor];
};

const OF_FACTOR = 'factors.';
/** The factor that a part is; undefined for another part. */
export const factorOf = (part: EditPart): FactorId | undefined =>
  part.startsWith(OF_FACTOR) ? (part.slice(OF_FACTOR.length) as FactorId) : undefined;

/** What needs no question: parts that only one side changed, and that side. */
export const undisputed = (found: readonly Difference[]): Map<EditPart, Side> =>
  new Map(found.flatMap(({ part, changedBy }) => (changedBy ? [[part, changedBy] as const] : [])));

const textOf = (part: EditPart, edit: CaseEdit): string => canonicalJson(comparable(part, edit) ?? null);
const EMPTY = new Set(['null', '[]', '""']);

const partsOf = (...edits: CaseEdit[]): EditPart[] => {
  const factors = new Set(edits.flatMap(({ factors }) => Object.keys(factors) as FactorId[]));
  return [
    'roles',
    'lesions',
    'marks',
    'shifts',
    ...[...factors].map((id) => `factors.${id}` as const),
    'baseRate',
    'note',
    'keyImages',
  ];
};

const changer = (mine: string, theirs: string, base: string | undefined): Side | undefined => {
  if (base !== undefined) return mine === base ? 'theirs' : theirs === base ? 'mine' : undefined;
  // Nothing is known of before: what only one of them says is nobody's loss.
  return EMPTY.has(mine) ? 'theirs' : EMPTY.has(theirs) ? 'mine' : undefined;
};

/** `base`: what both began with, where that is known. */
export const differences = (mine: CaseEdit, theirs: CaseEdit, base: CaseEdit | undefined): Difference[] =>
  partsOf(mine, theirs).flatMap((part) => {
    const [one, other] = [textOf(part, mine), textOf(part, theirs)];
    return one === other ? [] : [{ part, changedBy: changer(one, other, base && textOf(part, base)) }];
  });

const mergedFactors = (mine: CaseEdit, theirs: CaseEdit, chosen: ReadonlyMap<EditPart, Side>): FactorValues => {
  const sides = [...chosen].filter(([part]) => factorOf(part)).map(([, side]) => side);
  // Untouched, so that a prediction that was made from them still is.
  if (!sides.includes('theirs')) return mine.factors;
  if (!sides.includes('mine')) return theirs.factors;
  const factors: FactorValues = { ...theirs.factors };
  for (const [part, side] of chosen) {
    const id = factorOf(part);
    if (!id || side === 'theirs') continue;
    const entry = mine.factors[id];
    if (entry) factors[id] = entry;
    else delete factors[id];
  }
  return factors;
};

/** Every part that differs is in `chosen`; the others are alike. */
export const merged = (mine: CaseEdit, theirs: CaseEdit, chosen: ReadonlyMap<EditPart, Side>): CaseEdit => {
  const of = (part: EditPart): CaseEdit => (chosen.get(part) === 'theirs' ? theirs : mine);
  return {
    roles: of('roles').roles,
    lesions: of('lesions').lesions,
    marks: of('marks').marks,
    shifts: of('shifts').shifts,
    factors: mergedFactors(mine, theirs, chosen),
    baseRate: of('baseRate').baseRate,
    note: of('note').note,
    keyImages: of('keyImages').keyImages,
  };
};

/** Do two edits ask a model the same? */
export const sameInputsAs = (a: CaseEdit, b: CaseEdit): boolean =>
  textOf('roles', a) === textOf('roles', b) &&
  samePredictedLesions(a.lesions, b.lesions) &&
  samePredictedShifts(a, b) &&
  canonicalJson(a.factors) === canonicalJson(b.factors);
