/** Weighs the evidence of all rules into one role with a confidence and the reasons for it. */
import { because } from '#shared/study/messages/role-reasons.ts';
import type { RoleDecision, RoleReason, SeriesRole } from '#shared/study/roles.ts';
import { ROLE_CONFIDENCE } from '#shared/study/suggested-roles.ts';
import { asked, type Evidence } from './evidence.ts';

/** What evidence for `other` leaves of every image role. */
const leftAfterExclusion = 0.1;

/** Confidence of `other` where nothing speaks for anything: a question. */
const nothingKnown = 0.3;

const toReason = (evidence: Evidence): RoleReason => {
  const weight = evidence.weight ?? 0;
  return {
    rule: evidence.rule,
    outcome: evidence.cap || weight < 0 ? 'against' : weight > 0 ? 'for' : 'note',
    ...(evidence.role ? { role: evidence.role } : {}),
    text: evidence.text,
    code: evidence.code,
    params: evidence.params,
  };
};

/**
 * Each role's mass is e^(sum of its weights) − 1, and 1 stands for "something else": a single weight w gives a
 * confidence of 1 − e^−w, two roles of equal weight share, and nothing at all gives none. Caps come last. Reasons that
 * concern another role are kept, because they explain why it was not given.
 */
export const combine = (evidence: readonly Evidence[]): RoleDecision => {
  const sums = new Map<SeriesRole, number>();
  for (const { role, weight } of evidence) {
    if (role && weight) sums.set(role, (sums.get(role) ?? 0) + weight);
  }
  const excluded = evidence.some((item) => item.excludes);
  const masses = [...sums].map(([role, sum]): [SeriesRole, number] => {
    const mass = Math.max(0, Math.expm1(sum));
    return [role, excluded && role !== 'other' ? mass * leftAfterExclusion : mass];
  });
  const total = 1 + masses.reduce((sum, [, mass]) => sum + mass, 0);
  const [best] = masses.filter(([, mass]) => mass > 0).sort(([, a], [, b]) => b - a);
  if (!best) return { role: 'other', confidence: nothingKnown, reasons: [...relevant(evidence, 'other'), undecided] };
  const [role, mass] = best;
  const caps = evidence.flatMap(({ cap }) => (cap?.roles.includes(role) ? [cap.value] : []));
  const confidence = Math.min(mass / total, ...caps);
  const reasons = relevant(evidence, role);
  return {
    role,
    confidence: Math.round(confidence * 1000) / 1000,
    reasons: confidence < ROLE_CONFIDENCE ? [...reasons, question(role)] : reasons,
  };
};

const undecided: RoleReason = {
  rule: 'undecided',
  outcome: 'note',
  ...because('nothing-known'),
};

const question = (role: SeriesRole): RoleReason => ({
  rule: 'undecided',
  outcome: 'note',
  role,
  ...because('not-enough', { limit: asked }),
});

/** Caps of roles that were not chosen say nothing about this one. */
const relevant = (evidence: readonly Evidence[], role: SeriesRole): RoleReason[] => {
  const seen = new Set<string>();
  return evidence
    .filter(({ cap, role: about }) => !cap || cap.roles.includes(role) || about === role)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map(toReason);
};
