import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
import type { Sample } from '../study/sample/prepare-sample.ts';
import { coarserGrid } from '../study/sample/sample-grid.ts';
import { type ClinicalInput, clinicalInputs } from './clinical-inputs.ts';
import { memberInterval } from './interval.ts';
import type { ModelInputs } from './model-io.ts';
import type { ModelPackage } from './model-package.ts';
import type { ModelRun } from './model-runner.ts';
import { mahalanobisSquared } from './novelty.ts';
import {
  assignmentWarnings,
  bySeverity,
  factorWarnings,
  imageWarnings,
  noveltyWarnings,
  roleWarnings,
  statusWarnings,
} from './prediction-warnings.ts';
import { type CheckedOutputs, readOutputs } from './read-outputs.ts';
import { sampleDateWarnings } from './sample-dates.ts';

type Manifest = ModelPackage['manifest'];

export interface PredictInput {
  manifest: Manifest;
  sample: Sample;
  factors: FactorValues;
  roles: readonly RoleAssignment[];
  series: readonly Pick<ScannedSeries, 'id' | 'modality' | 'suggestion' | 'notes'>[];
  /** Remarks about the study as a whole. */
  studyNotes: readonly QualityNote[];
  indexLesionId: string;
  /** Of the images, DICOM DA. */
  studyDate?: string | undefined;
  /** Runs the model; the only step that is not pure. */
  run: (inputs: ModelInputs) => Promise<ModelRun>;
  /** Identity and time of this prediction, given from outside so that the rest repeats exactly. */
  stamp: { id: string; createdAt: string; appVersion: string; sampleMs: number; elapsedMs: () => number };
}

/** A channel that the package calls required has to have a series that reaches the lesion. */
const assertRequiredRoles = ({ channels }: Manifest, sample: Sample): void => {
  for (const [i, { role, required }] of channels.entries()) {
    if (!required || (sample.channels[i]?.coverage ?? 0) > 0) continue;
    throw new AppError(
      'required-role-missing',
      `The model needs a ${role} series that shows the lesion. Give this role to a series, or choose another model.`,
      { params: { role } },
    );
  }
  if (sample.channels.every(({ coverage }) => coverage === 0)) {
    throw new AppError('lesion-outside', 'The lesion lies outside every image. Mark it on one of the series in use.');
  }
};

const contributions = (
  inputs: readonly ClinicalInput[],
  outputs: CheckedOutputs,
): Prediction['clinicalContributions'] =>
  inputs.map(({ factor, value }, i) => ({
    factor: factor.id,
    value,
    unit: factor.unit,
    // A masked factor may come out as −0, which a chart would write as "−0.00".
    contribution: outputs.clinicalContributions[i] || 0,
  }));

const noveltyOf = ({ novelty }: Manifest, features: number[] | null): Prediction['novelty'] =>
  novelty && features ? { distance: mahalanobisSquared(features, novelty), limit: novelty.limit } : null;

/**
 * One patient's prediction with everything that explains it: map and contributions that add up to the logit, interval,
 * novelty, warnings. Throws `AppError` with `required-role-missing`, `lesion-outside` or `inconsistent-output`.
 */
export const predict = async (input: PredictInput): Promise<Prediction> => {
  const { manifest, sample, factors, roles, series, indexLesionId, stamp } = input;
  assertRequiredRoles(manifest, sample);
  const inputs = clinicalInputs(manifest.factors, factors);
  const run = await input.run({
    image: sample.image,
    clinical: Float32Array.from(inputs, ({ z }) => z),
    clinicalMask: Float32Array.from(inputs, ({ value }) => (value === null ? 0 : 1)),
  });
  const outputs = readOutputs(manifest, run.outputs);
  const { logit, probability } = outputs;
  const novelty = noveltyOf(manifest, outputs.features);
  return {
    id: stamp.id,
    createdAt: stamp.createdAt,
    probability,
    interval:
      manifest.interval && outputs.members
        ? memberInterval(outputs.members, manifest.interval.level, probability)
        : null,
    logit,
    bias: manifest.bias,
    imageContribution: outputs.imageContribution,
    clinicalContributions: contributions(inputs, outputs),
    threshold: manifest.threshold.value,
    decision: probability >= manifest.threshold.value ? 'above-threshold' : 'below-threshold',
    map: { grid: coarserGrid(sample.grid, outputs.cells), values: outputs.cam },
    sample: {
      grid: sample.grid,
      centerMm: sample.centerMm,
      diameterMm: sample.diameterMm,
      channels: sample.channels,
    },
    indexLesionId,
    novelty,
    provider: run.provider,
    providersRefused: run.refused,
    model: {
      id: manifest.id,
      version: manifest.version,
      status: manifest.status,
      sha256: manifest.weights.sha256,
      criterion: manifest.event.criterion,
      baseRate: manifest.baseRate,
    },
    appVersion: stamp.appVersion,
    timings: { totalMs: stamp.elapsedMs(), sampleMs: stamp.sampleMs, inferenceMs: run.runMs },
    warnings: bySeverity([
      ...statusWarnings(manifest),
      ...roleWarnings(manifest, sample.channels, roles),
      ...assignmentWarnings(roles, series),
      ...imageWarnings(roles, series, input.studyNotes),
      ...sample.warnings,
      ...noveltyWarnings(novelty),
      ...sampleDateWarnings(factors, input.studyDate),
      ...factorWarnings(inputs, logit),
    ]),
  };
};
