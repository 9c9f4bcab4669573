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

const hasT2Parameters = ({ echoTime, repetitionTime, scanning, says }: SeriesView): boolean =>
  echoTime !== undefined &&
  echoTime >= shortestT2EchoMs &&
  // The repetition time of a single-shot sequence counts from slice to slice.
  (repetitionTime === undefined || repetitionTime >= shortestT2RepetitionMs || says.singleShot) &&
  (scanning.length === 0 || scanning.includes('SE') || scanning.includes('RM')) &&
  !scanning.includes('EP');

const parameters = ({ echoTime, repetitionTime }: SeriesView): string =>
  [
    echoTime === undefined ? '' : `EchoTime ${echoTime} ms`,
    repetitionTime === undefined ? '' : `RepetitionTime ${repetitionTime} ms`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** T2 turbo spin echo (the method's T2), single-shot T2 as its second choice, and what speaks against either. */
export const t2Weighting: RoleRule = (series) => {
  const { says, echoTime, echoTrain } = series;
  const evidence: Evidence[] = [];
  const named = says.t2 || says.singleShot || (says.turbo && !says.t1);
  if (named) {
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: says.t2 || says.singleShot ? weights.name : weights.context,
      text: `“${series.description}” names a T2 sequence.`,
    });
  }
  if (hasT2Parameters(series)) {
    // Diffusion has such echo times too: a spin echo or a name must exclude it.
    const certain = series.scanning.includes('SE') || named;
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: certain ? weights.parameter : weights.weak,
      text: `${parameters(series)}: T2-weighted.`,
    });
    for (const role of [...phaseRoles, ...echoRoles]) evidence.push(against(role, series));
  } else if (named && echoTime !== undefined && echoTime < shortestT2EchoMs - 15) {
    evidence.push({
      rule: 't2-weighting',
      role: 't2',
      weight: -weights.parameter,
      text: `${parameters(series)}: too short for T2 weighting.`,
    });
  }
  return evidence.length === 0 ? [] : [...evidence, ...limits(series, echoTrain)];
};

const against = (role: Evidence['role'], series: SeriesView): Evidence => ({
  rule: 't2-weighting',
  ...(role ? { role } : {}),
  weight: -weights.decisive,
  text: `${parameters(series)}: not a T1 gradient echo.`,
});

const limits = (series: SeriesView, echoTrain: number | undefined): Evidence[] => {
  const found: Evidence[] = [];
  const limit = (value: number, text: string) =>
    found.push({ rule: 't2-weighting', cap: { value, roles: ['t2'] }, text });
  if (series.says.singleShot || (echoTrain !== undefined && echoTrain >= singleShotEchoTrain)) {
    limit(0.7, 'Single-shot T2 (HASTE, SSFSE): the method reads turbo spin echo, so this is the second choice.');
  }
  if (series.says.inversion) limit(0.65, 'Inversion recovery (STIR, TIRM): T1 weighs in as well.');
  if (dualOrHeavyWords.test(series.name) || (series.echoTime ?? 0) > heavyEchoMs) {
    limit(0.65, 'Heavily T2-weighted: a second choice.');
  }
  if (series.fatSuppressed) found.push({ rule: 't2-weighting', text: 'Fat is suppressed.' });
  return found;
};
