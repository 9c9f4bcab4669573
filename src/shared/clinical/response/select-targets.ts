/** Target lesions by size, where nobody has chosen them (RECIST 1.1: at most five, two in one organ, measurable ones). */
import { leastTargetMm, MOST_IN_ORGAN, MOST_TARGETS, organOf } from './target-limits.ts';
import type { LesionIdentity } from './timeline.ts';

export type Candidate = Omit<LesionIdentity, 'role'> & { readonly role?: LesionIdentity['role'] | undefined };

/** @param mmOf size at baseline; undefined where a lesion was not measured then, which makes it a non-target one. */
export const selectTargets = (
  candidates: readonly Candidate[],
  mmOf: (lesion: Candidate) => number | undefined,
): LesionIdentity[] => {
  const chosen = new Set(candidates.filter(({ role }) => role === 'target'));
  const open = candidates
    .filter((lesion) => lesion.role === undefined && (mmOf(lesion) ?? 0) >= leastTargetMm(lesion))
    .sort((a, b) => (mmOf(b) ?? 0) - (mmOf(a) ?? 0));
  for (const lesion of open) {
    const inOrgan = [...chosen].filter((other) => organOf(other) === organOf(lesion));
    if (chosen.size < MOST_TARGETS && inOrgan.length < MOST_IN_ORGAN) chosen.add(lesion);
  }
  return candidates.map((lesion) => ({ ...lesion, role: chosen.has(lesion) ? 'target' : 'non-target' }));
};
