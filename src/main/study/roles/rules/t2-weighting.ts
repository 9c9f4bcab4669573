import { because } from '#shared/study/messages/role-reasons.ts';
import { type Evidence, echoRoles, phaseRoles, weights } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import { dualOrHeavyWords } from '../vocabulary/sequence-words.ts';
import type { RoleRule } from './rule.ts';

/** Shortest effective echo time of a T2 image, and the shortest repetition time of one that is not single-shot. */
const shortestT2EchoMs = 55;
const shortestT2RepetitionMs = 1000;

/** Above this an image is heavily T2-weighted: vessels and solid lesions lose contrast. */
const heavyEchoMs = 150;

/** Echo trains as long as this take a whole image in one shot. */
const singleShotEchoTrain = 100;

const hasT2Parameters = ({ repetitionTime, scanning, says }: SeriesView, echoTime: number): boolean =>
  echoTime >= shortestT2EchoMs &&
  // The repetition time of a single-shot sequence counts from slice to slice.
  (repetitionTime === undefined || repetitionTime >= shortestT2RepetitionMs || says.singleShot) &&
  (scanning.length === 0 || scanning.includes('SE') || scanning.includes('RM')) &&
  !scanning.includes('EP');

const weighted = (te: number, tr: number | undefined) =>
  tr === undefined ? because('t2-echo-time', { te }) : because('t2-parameters', { te, tr });
const tooShort = (te: number, tr: number | undefined) =>
  tr === undefined ? because('t2-echo-too-short', { te }) : because('t2-too-short', { te, tr });
const notT1 = (te: number, tr: number | undefined) =>
  tr === undefined ? because('not-t1-echo-time', { te }) : because('not-t1', { te, tr });

/** T2 turbo spin echo (the method's T2), single-shot T2 as its second choice, and what speaks against either. */
export const t2Weighting: RoleRule = (series) => {
  const { says, echoTime, repetitionTime, echoTrain } = series;
  const evidence: Evidence[] = [];
  const named = says.t2 || says.singleShot || (says.turbo && !says.t1);
  if (named) {
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: says.t2 || says.singleShot ? weights.name : weights.context,
      ...because('name-t2', { description: series.description }),
    });
  }
  if (echoTime !== undefined && hasT2Parameters(series, echoTime)) {
    // Diffusion has such echo times too: a spin echo or a name must exclude it.
    const certain = series.scanning.includes('SE') || named;
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: certain ? weights.parameter : weights.weak,
      ...weighted(echoTime, repetitionTime),
    });
    for (const role of [...phaseRoles, ...echoRoles]) {
      evidence.push({ rule: 't2-weighting', role, weight: -weights.decisive, ...notT1(echoTime, repetitionTime) });
    }
  } else if (named && echoTime !== undefined && echoTime < shortestT2EchoMs - 15) {
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: -weights.parameter,
      ...tooShort(echoTime, repetitionTime),
    });
  }
  return evidence.length === 0 ? [] : [...evidence, ...limits(series, echoTrain)];
};

const limits = (series: SeriesView, echoTrain: number | undefined): Evidence[] => {
  const found: Evidence[] = [];
  const limit = (value: number, reason: ReturnType<typeof because>) =>
    found.push({ rule: 't2-weighting', cap: { value, roles: ['t2'] }, ...reason });
  if (series.says.singleShot || (echoTrain !== undefined && echoTrain >= singleShotEchoTrain)) {
    limit(0.7, because('single-shot'));
  }
  if (series.says.inversion) limit(0.65, because('inversion-recovery'));
  if (dualOrHeavyWords.test(series.name) || (series.echoTime ?? 0) > heavyEchoMs) {
    limit(0.65, because('heavily-t2'));
  }
  if (series.fatSuppressed) found.push({ rule: 't2-weighting', ...because('fat-suppressed') });
  return found;
};
