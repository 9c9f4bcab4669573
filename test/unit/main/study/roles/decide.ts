import { decideRoles } from '../../../../../src/main/study/roles/decide-roles.ts';
import type { SeriesFacts } from '../../../../../src/shared/study/facts.ts';
import type { RoleDecision } from '../../../../../src/shared/study/roles.ts';

/** The decision about the first series of a study. */
export const decide = (first: SeriesFacts, ...others: SeriesFacts[]): RoleDecision => {
  const [decision] = decideRoles([first, ...others]);
  if (!decision) throw new Error('expected a decision');
  return decision;
};

/** Texts of the reasons of one rule. */
export const because = (decision: RoleDecision, rule: string): string =>
  decision.reasons
    .filter((reason) => reason.rule === rule)
    .map(({ text }) => text)
    .join(' | ');

/** A fat-suppressed 3D T1 gradient echo, as every vendor's dynamic series is. */
export const t1: SeriesFacts = {
  Modality: 'MR',
  ScanningSequence: 'GR',
  EchoTime: 1.4,
  RepetitionTime: 3.9,
  ScanOptions: 'FS',
};

/** Such a series `seconds` after an injection at 10:00:00. */
export const acquiredAfter = (seconds: number, more: SeriesFacts = {}): SeriesFacts => {
  const time = 36_000 + seconds;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return {
    ...t1,
    AcquisitionTime: `${two(time / 3600)}${two((time % 3600) / 60)}${two(time % 60)}`,
    ContrastBolusStartTime: '100000',
    ...more,
  };
};
