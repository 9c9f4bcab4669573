import { canonicalJson } from '#shared/canonical-json.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { ScannedStudy } from '#shared/study/study.ts';

interface Change {
  from: unknown;
  to: unknown;
}

type Content = Pick<
  SavedCase,
  | 'source'
  | 'study'
  | 'roles'
  | 'lesions'
  | 'marks'
  | 'shifts'
  | 'factors'
  | 'baseRate'
  | 'note'
  | 'keyImages'
  | 'modelId'
  | 'comparison'
>;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const keyed = <T>(items: readonly T[], key: (item: T) => string): Record<string, T> =>
  Object.fromEntries(items.map((item) => [key(item), item]));

/** `{ key: { from, to } }` for every member that differs; null stands for an absent one. */
const differences = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, Change> =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => !same(before[key], after[key]))
      .map((key) => [key, { from: before[key] ?? null, to: after[key] ?? null }]),
  );

/**
 * Series by their place in the study, from 1: their UIDs name an examination of the patient outside of haicast, too. What is
 * written beside a mark is left out: free text may name the patient.
 */
const withoutUids = (study: ScannedStudy | undefined, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('seriesId' in value)) return value;
  const { seriesId, sopInstanceUID: _image, comment: _text, ...rest } = value as Record<string, unknown>;
  const place = study?.series.findIndex(({ id }) => id === seriesId) ?? -1;
  return { ...rest, series: place < 0 ? null : place + 1 };
};

const placed = (changes: Record<string, Change>, before: Content | undefined, after: Content): Record<string, Change> =>
  Object.fromEntries(
    Object.entries(changes).map(([key, { from, to }]) => [
      key,
      { from: withoutUids(before?.study, from), to: withoutUids(after.study, to) },
    ]),
  );

/** By the place of the series in the study: from what to what it was moved, mm LPS, and by whom. */
const movedSeries = (
  changes: Record<string, Change>,
  before: Content | undefined,
  after: Content,
): Record<string, unknown> => {
  const side = (shifts: Content['shifts'], seriesId: string) => {
    const found = shifts?.find((shift) => shift.seriesId === seriesId);
    return found ? { mm: found.mm, by: found.by, at: found.at } : null;
  };
  return Object.fromEntries(
    Object.keys(changes).map((seriesId) => [
      `series ${after.study.series.findIndex(({ id }) => id === seriesId) + 1}`,
      { from: side(before?.shifts, seriesId), to: side(after.shifts, seriesId) },
    ]),
  );
};

/**
 * What a save changed, for the audit log: old and new value of every factor, lesion and role; that the note changed, not
 * what it says (free text may name the patient); how many marks there are beside the lesions; by how much which series was moved.
 */
export const describeChanges = (before: Content | undefined, after: Content): Record<string, unknown> => {
  const factors = differences(before?.factors ?? {}, after.factors);
  const lesions = differences(
    keyed(before?.lesions ?? [], (lesion) => lesion.id),
    keyed(after.lesions, (lesion) => lesion.id),
  );
  const roles = differences(
    keyed(before?.roles ?? [], (assignment) => assignment.role),
    keyed(after.roles, (assignment) => assignment.role),
  );
  const shifts = differences(
    keyed(before?.shifts ?? [], ({ seriesId }) => seriesId),
    keyed(after.shifts ?? [], ({ seriesId }) => seriesId),
  );
  return {
    ...(Object.keys(factors).length > 0 ? { factors } : {}),
    ...(Object.keys(lesions).length > 0 ? { lesions: placed(lesions, before, after) } : {}),
    ...(Object.keys(roles).length > 0 ? { roles: placed(roles, before, after) } : {}),
    ...(Object.keys(shifts).length > 0 ? { shifts: movedSeries(shifts, before, after) } : {}),
    ...(same(before?.marks ?? [], after.marks ?? [])
      ? {}
      : { marks: { from: before?.marks?.length ?? 0, to: after.marks?.length ?? 0 } }),
    ...(same(before?.baseRate, after.baseRate)
      ? {}
      : { baseRate: { from: before?.baseRate ?? null, to: after.baseRate } }),
    ...(same(before?.note ?? '', after.note) ? {} : { note: 'changed' }),
    ...(same(before?.keyImages ?? [], after.keyImages)
      ? {}
      : { keyImages: { from: before?.keyImages.length ?? 0, to: after.keyImages.length } }),
    ...(same(before?.modelId, after.modelId)
      ? {}
      : { modelId: { from: before?.modelId ?? null, to: after.modelId ?? null } }),
    ...(same(before?.comparison?.id, after.comparison?.id) ? {} : { comparedWith: after.comparison?.model.id ?? null }),
    ...(before && !same(before.study, after.study) ? { study: 'changed' } : {}),
  };
};

/** A new prediction. The log is read and exported, so a number that is withheld is not in it: why it is, stands there. */
export const describePrediction = (
  { id, decision, probability, withheldBecause, model }: Prediction,
  superseded: Prediction | undefined,
): Record<string, unknown> => ({
  id,
  ...(decision === 'withheld' ? { withheldBecause: withheldBecause.map(({ code }) => code) } : { probability }),
  model,
  ...(superseded ? { supersedes: superseded.id } : {}),
});
