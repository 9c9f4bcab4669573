import { modelInputUnit } from '#shared/clinical/model-inputs.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';

/** Log-odds: what is rounding between a manifest's decimal numbers and float32 weights. */
const ROUNDING = 1e-3;

/** The recorded answer has to be what the manifest's own head says: coefficient · z · mask, all of it adding up. */
const checkReferenceAnswer = ({ factors, reference, bias }: ModelManifest): string[] => {
  const { clinical, clinicalMask, expected } = reference;
  const wrong = factors.filter(({ coefficient }, j) => {
    const stated = coefficient * (clinical[j] ?? 0) * (clinicalMask[j] ?? 0);
    return Math.abs(stated - (expected.clinicalContributions[j] ?? 0)) > ROUNDING;
  });
  const problems = wrong.map(({ id }) => `the coefficient of factor "${id}" is not the one in the recorded answer`);
  const parts = [bias, ...expected.cam, ...expected.clinicalContributions].reduce((sum, x) => sum + x, 0);
  if (Math.abs(parts - expected.logit) > ROUNDING) {
    problems.push(`the recorded answer does not add up: parts ${parts.toFixed(4)}, logit ${expected.logit.toFixed(4)}`);
  }
  return problems;
};

/** Where the parts of a manifest contradict each other or this application; empty where they fit. */
export const checkManifest = (manifest: ModelManifest): string[] => {
  const { factors, channels, crop, reference, novelty, interval } = manifest;
  const problems: string[] = [];
  const need = (fits: boolean, problem: string) => {
    if (!fits) problems.push(problem);
  };
  for (const { id, unit, range } of factors) {
    const ours = modelInputUnit(id);
    if (ours === undefined) problems.push(`factor "${id}" is not known to this version`);
    else need(ours === unit, `factor "${id}" is in ${unit}, this version gives it in ${ours}`);
    if (range) need(range[0] < range[1], `the range of factor "${id}" is empty`);
  }
  need(new Set(factors.map(({ id }) => id)).size === factors.length, 'a factor appears twice');
  need(new Set(channels.map(({ role }) => role)).size === channels.length, 'an image role appears twice');
  need(crop.fovMinMm <= crop.fovMaxMm, 'crop.fovMinMm is larger than crop.fovMaxMm');
  const { expected } = reference;
  for (const [name, list] of [
    ['reference.clinical', reference.clinical],
    ['reference.clinicalMask', reference.clinicalMask],
    ['reference.expected.clinicalContributions', expected.clinicalContributions],
  ] as const) {
    need(list.length === factors.length, `${name} has ${list.length} values for ${factors.length} factors`);
  }
  need(
    Number.isInteger(Math.sqrt(expected.cam.length)) && expected.cam.length > 0,
    `reference.expected.cam has ${expected.cam.length} values, which is no square map`,
  );
  if (novelty) {
    const n = novelty.mean.length;
    need(
      novelty.precision.length === n && novelty.precision.every((row) => row.length === n),
      `novelty.precision is not ${n} × ${n}`,
    );
  }
  if (problems.length === 0) problems.push(...checkReferenceAnswer(manifest));
  if (interval) need(interval.level > 0 && interval.level < 1, 'interval.level must lie between 0 and 1');
  return problems;
};
