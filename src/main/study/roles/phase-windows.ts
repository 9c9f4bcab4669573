/**
 * Time windows of the contrast phases of a liver MRI, in seconds from the start of the injection to the start of the
 * acquisition.
 *
 * Sources: LI-RADS v2018 technical requirements (late arterial; portal venous; delayed, or transitional after
 * gadoxetate, at 2–5 min) in Santillan et al., Hepatoma Res 2020;6:63, Table 3; OPTN liver imaging policy (portal venous
 * 35–55 s after the start of the late arterial phase, delayed 120–180 s after injection), PMC4463351 Table 1. The
 * shoulders between the windows, where the phase is a question, are this program's choice.
 */
import type { AgentKind } from './contrast-agent.ts';
import type { PhaseRole } from './evidence.ts';

/** A window rises from `from` to `full`, holds until `until`, and falls to `to` (seconds). */
interface Window {
  from: number;
  full: number;
  until: number;
  to: number;
  /** Strength within the window, 0–1. */
  strength?: number;
}

const minutes = (value: number): number => value * 60;

const early: Readonly<Partial<Record<PhaseRole, Window>>> = {
  'pre-contrast': { from: Number.NEGATIVE_INFINITY, full: Number.NEGATIVE_INFINITY, until: -5, to: 4 },
  arterial: { from: 8, full: 18, until: 42, to: 52 },
  'portal-venous': { from: 46, full: 56, until: 92, to: 112 },
};

/** What the minutes after the portal venous phase are called depends on the agent. */
const late: Readonly<Record<AgentKind | 'unknown', Partial<Record<PhaseRole, Window>>>> = {
  extracellular: { delayed: { from: 100, full: 118, until: minutes(5.5), to: minutes(12) } },
  gadobenate: {
    delayed: { from: 100, full: 118, until: minutes(5.5), to: minutes(12) },
    hepatobiliary: { from: minutes(40), full: minutes(60), until: minutes(180), to: minutes(240) },
  },
  gadoxetate: {
    transitional: { from: 100, full: 118, until: minutes(5.5), to: minutes(11) },
    hepatobiliary: { from: minutes(9), full: minutes(12), until: minutes(120), to: minutes(240) },
  },
  unknown: {
    delayed: { from: 100, full: 118, until: minutes(5.5), to: minutes(10) },
    hepatobiliary: { from: minutes(12), full: minutes(15), until: minutes(180), to: minutes(240), strength: 0.7 },
  },
};

const strengthIn = (seconds: number, { from, full, until, to, strength = 1 }: Window): number => {
  if (seconds <= from || seconds >= to) return 0;
  if (seconds < full) return (strength * (seconds - from)) / (full - from);
  return seconds <= until ? strength : (strength * (to - seconds)) / (to - until);
};

/** How well a time fits each phase, 0–1; phases that do not fit at all are left out. */
export const phasesAt = (seconds: number, agent: AgentKind | 'unknown'): { role: PhaseRole; strength: number }[] =>
  (['pre-contrast', 'arterial', 'portal-venous', 'delayed', 'transitional', 'hepatobiliary'] as const).flatMap(
    (role) => {
      const window = early[role] ?? late[agent][role];
      const strength = window ? strengthIn(seconds, window) : 0;
      return strength > 0.02 ? [{ role, strength }] : [];
    },
  );
