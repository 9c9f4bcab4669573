/** What a rule says about one series, before it is weighed against the other rules. */
import type { MessageParams } from '#shared/study/messages/message.ts';
import type { RoleReasonCode } from '#shared/study/messages/role-reasons.ts';
import type { SeriesRole } from '#shared/study/roles.ts';

/**
 * Strength of evidence for or against a role in log-odds. With nothing else known, a weight w gives a confidence of
 * 1 − e^−w: 0.7 → 0.50, 1.2 → 0.70, 1.6 → 0.80, 2.3 → 0.90. The values are choices of this program, set so that a
 * name alone stays below 0.8 and two agreeing sources go above it (docs/series-roles.md).
 */
export const weights = {
  /** A hint that needs company. */
  weak: 0.5,
  /** Deduced from other series: order, elimination, absence of contrast. */
  context: 0.9,
  /** An abbreviation that also has other meanings. */
  abbreviation: 0.9,
  /** A clear word in the name that a person gave to the series. */
  name: 1.2,
  /** An acquisition parameter that fits. */
  parameter: 1.6,
  /** A measured time after the injection in the middle of a phase's window. */
  timing: 2.3,
  /** A property that settles the matter, e.g. an ADC map by ImageType. */
  decisive: 3,
} as const;

export interface Evidence {
  /** Stable name of the rule. */
  rule: string;
  /** The sentence with the DICOM values that decided: `...because(code, values)`. */
  code: RoleReasonCode;
  params: MessageParams;
  text: string;
  /** Role that the evidence is about; without one it is a remark. */
  role?: SeriesRole;
  /** Log-odds, positive for and negative against the role. */
  weight?: number;
  /** The role's confidence may not exceed this, whatever speaks for it; `roles` are those it holds for. */
  cap?: { value: number; roles: readonly SeriesRole[] };
  /** Evidence for `other` that rules the image roles out. */
  excludes?: boolean;
}

/** Highest confidence of something that is asked. */
export const asked = 0.45;

export const phaseRoles = [
  'pre-contrast',
  'arterial',
  'portal-venous',
  'delayed',
  'transitional',
  'hepatobiliary',
] as const satisfies readonly SeriesRole[];
export type PhaseRole = (typeof phaseRoles)[number];

export const echoRoles = ['in-phase', 'opposed-phase'] as const satisfies readonly SeriesRole[];

export const imageRoles = [...phaseRoles, ...echoRoles, 't2'] as const satisfies readonly SeriesRole[];

export const isPhaseRole = (role: SeriesRole): role is PhaseRole => phaseRoles.some((phase) => phase === role);
