import { contrastAbsence } from './contrast-absence.ts';
import { contrastTiming } from './contrast-timing.ts';
import { echoPhaseRule } from './echo-phase.ts';
import { elimination } from './elimination.ts';
import { excludedKind } from './excluded-kind.ts';
import { excludedName } from './excluded-name.ts';
import { fatQuantification } from './fat-quantification.ts';
import { modality } from './modality.ts';
import { nameWitness } from './name-witness.ts';
import { phaseDoubts } from './phase-doubts.ts';
import { phaseLimits } from './phase-limits.ts';
import { phaseName } from './phase-name.ts';
import { plane } from './plane.ts';
import { region } from './region.ts';
import { relativeTiming } from './relative-timing.ts';
import type { RoleRule } from './rule.ts';
import { t2Weighting } from './t2-weighting.ts';

/** Every rule; their order is only the order of the reasons. */
export const roleRules: readonly RoleRule[] = [
  modality,
  excludedKind,
  excludedName,
  fatQuantification,
  contrastTiming,
  relativeTiming,
  phaseName,
  elimination,
  contrastAbsence,
  phaseLimits,
  nameWitness,
  phaseDoubts,
  t2Weighting,
  echoPhaseRule,
  plane,
  region,
];
