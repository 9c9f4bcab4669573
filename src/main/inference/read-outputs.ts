import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import type { ModelOutputs, OutputTensor } from './model-io.ts';

/** A model's answer for one case, checked to add up. */
export interface CheckedOutputs {
  logit: number;
  probability: number;
  imageContribution: number;
  clinicalContributions: number[];
  /** Row-major, `cells` × `cells`; Σ = imageContribution. */
  cam: number[];
  cells: number;
  members: number[] | null;
  features: number[] | null;
}

/** Log-odds. The head is additive, so what is left is rounding of float32. */
export const SUM_TOLERANCE = 1e-4;
const PROBABILITY_TOLERANCE = 1e-5;

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

const refuse = (detail: string): AppError =>
  new AppError(
    'inconsistent-output',
    "The model's answer does not add up, so no prediction is shown. Choose another model, or have this one checked.",
    { detail },
  );

const tensor = (outputs: ModelOutputs, name: string, length?: number): OutputTensor => {
  const found = outputs[name];
  if (!found) throw refuse(`no output ${name}`);
  if (length !== undefined && found.data.length !== length) {
    throw refuse(`${name} has ${found.data.length} values, not ${length}`);
  }
  if (!found.data.every(Number.isFinite)) throw refuse(`${name} is not finite`);
  return found;
};

const scalar = (outputs: ModelOutputs, name: string): number => tensor(outputs, name, 1).data[0] ?? Number.NaN;

/**
 * Throws `AppError('inconsistent-output')` unless bias + Σ cam + Σ contributions = logit (1e-4), Σ cam is the image's
 * contribution, and probability = sigmoid(logit): the map and the chart explain the number exactly or are not shown.
 */
export const readOutputs = (manifest: ModelManifest, outputs: ModelOutputs): CheckedOutputs => {
  const logit = scalar(outputs, 'logit');
  const probability = scalar(outputs, 'probability');
  const imageContribution = scalar(outputs, 'image_contribution');
  const clinicalContributions = [...tensor(outputs, 'clinical_contributions', manifest.factors.length).data];
  const { data, dims } = tensor(outputs, 'cam');
  const cells = dims.at(-1) ?? 0;
  const cam = [...data];
  if (cam.length !== cells * cells) throw refuse(`cam is [${dims.join(', ')}], not one square map`);

  const added = manifest.bias + sum(cam) + sum(clinicalContributions);
  if (Math.abs(added - logit) > SUM_TOLERANCE) throw refuse(`parts add up to ${added}, logit is ${logit}`);
  if (Math.abs(sum(cam) - imageContribution) > SUM_TOLERANCE) {
    throw refuse(`the map adds up to ${sum(cam)}, the image's contribution is ${imageContribution}`);
  }
  if (Math.abs(sigmoid(logit) - probability) > PROBABILITY_TOLERANCE) {
    throw refuse(`probability ${probability} is not the sigmoid of logit ${logit}`);
  }
  return {
    logit,
    probability,
    imageContribution,
    clinicalContributions,
    cam,
    cells,
    members: manifest.interval ? [...tensor(outputs, 'logit_members', manifest.interval.members).data] : null,
    features: manifest.novelty ? [...tensor(outputs, 'features', manifest.novelty.mean.length).data] : null,
  };
};
