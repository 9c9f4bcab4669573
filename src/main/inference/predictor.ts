import type { PatientFacts } from '#shared/clinical/contradictions.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction, RefusedEntry } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
import type { Sample } from '../study/sample/prepare-sample.ts';
import { coarserGrid } from '../study/sample/sample-grid.ts';
import { type ClinicalInput, clinicalInputs } from './clinical-inputs.ts';
import { censoredWarnings, clinicalWarnings, contradictionWarnings } from './clinical-warnings.ts';
import { predictionInterval, reachOfMissing } from './interval.ts';
import type { ModelInputs } from './model-io.ts';
import type { ModelPackage } from './model-package.ts';
import type { ModelRun } from './model-runner.ts';
import { mahalanobisSquared } from './novelty.ts';
import {
  bySeverity,
  factorWarnings,
  imageWarnings,
  phaseWarnings,
  roleWarnings,
  shiftWarnings,
  statusWarnings,
} from './prediction-warnings.ts';
import { type CheckedOutputs, readOutputs } from './read-outputs.ts';
import { sampleDateWarnings } from './sample-dates.ts';
import { withheldBecause } from './withholding.ts';

type Manifest = ModelPackage['manifest'];

export interface PredictInput {
  manifest: Manifest;
  sample: Sample;
  factors: FactorValues;
  refusedEntries: readonly RefusedEntry[];
  roles: readonly RoleAssignment[];
  /** Series that were moved by hand, of these roles or with the lesion on them. */
  shifts: readonly SeriesShift[];
  series: readonly Pick<ScannedSeries, 'id' | 'modality' | 'suggestion' | 'notes' | 'facts'>[];
  /** Remarks about the study as a whole. */
  studyNotes: readonly QualityNote[];
  indexLesion: Lesion;
  /** What the factors are held against. */
  patient: PatientFacts;
  /** Of the images, DICOM DA. */
  studyDate?: string | undefined;
  /** Runs the model; the only step that is not pure. */
  run: (inputs: ModelInputs) => Promise<ModelRun>;
  /** Identity and time of this prediction, given from outside so that the rest repeats exactly. */
  stamp: { id: string; createdAt: string; appVersion: string; sampleMs: number; elapsedMs: () => number };
}

/** Where there is nothing to compute from: a required role has no series, or none that reaches the lesion. */
const assertComputable = ({ channels }: Manifest, sample: Sample): void => {
  for (const [i, { role, required }] of channels.entries()) {
    const used = sample.channels[i];
    if (!required || (used?.coverage ?? 0) > 0) continue;
    if (sample.warnings.some(({ code, params }) => code === 'unplaced-series' && params?.role === role)) {
      throw new AppError(
        'unplaceable-series',
        `The ${role} series cannot be placed in the patient, so the lesion cannot be found on it. Choose another series for this role.`,
        { params: { role } },
      );
    }
    if (used?.seriesId) {
      throw new AppError(
        'lesion-outside',
        `The lesion lies outside the ${role} images, so there is nothing to compute from. Mark it where these images show it, or give the role to a series that does.`,
        { params: { role } },
      );
    }
    throw new AppError(
      'required-role-missing',
      `No series has the ${role} role, which the model needs. Give this role to the series that shows that phase.`,
      { params: { role } },
    );
  }
};

const contributions = (
  inputs: readonly ClinicalInput[],
  outputs: CheckedOutputs,
): Prediction['clinicalContributions'] =>
  inputs.map(({ factor, value, countedAs }, i) => ({
    factor: factor.id,
    value,
    unit: factor.unit,
    ...(countedAs === undefined ? {} : { countedAs }),
    // A masked factor may come out as −0, which a chart would write as "−0.00".
    contribution: outputs.clinicalContributions[i] || 0,
  }));

const noveltyOf = ({ novelty }: Manifest, features: number[] | null): Prediction['novelty'] =>
  novelty && features ? { distance: mahalanobisSquared(features, novelty), limit: novelty.limit } : null;

const intervalOf = (
  manifest: Manifest,
  inputs: readonly ClinicalInput[],
  sample: Sample,
  { members, logit }: CheckedOutputs,
): Prediction['interval'] => {
  const reach = reachOfMissing(inputs, manifest, sample.channels);
  return manifest.interval && members && reach
    ? predictionInterval(members, manifest.interval.level, logit, reach)
    : null;
};

/**
 * One patient's prediction with everything that explains it: map and contributions that add up to the logit, interval,
 * novelty, warnings, and why the number is withheld where it is. Throws `AppError` where there is none
 * (`required-role-missing`, `lesion-outside`, `unplaceable-series`), and `inconsistent-output`.
 */
export const predict = async (input: PredictInput): Promise<Prediction> => {
  const { manifest, sample, factors, refusedEntries, roles, series, indexLesion, stamp } = input;
  assertComputable(manifest, sample);
  const inputs = clinicalInputs(manifest.factors, factors);
  const run = await input.run({
    image: sample.image,
    clinical: Float32Array.from(inputs, ({ z }) => z),
    clinicalMask: Float32Array.from(inputs, ({ value }) => (value === null ? 0 : 1)),
  });
  const outputs = readOutputs(manifest, run.outputs);
  const { logit, probability } = outputs;
  const novelty = noveltyOf(manifest, outputs.features);
  const because = withheldBecause({
    manifest,
    novelty,
    roles,
    series,
    lesion: indexLesion,
    sample,
    factors,
    refusedEntries,
  });
  const side = probability >= manifest.threshold.value ? 'above-threshold' : 'below-threshold';
  return {
    id: stamp.id,
    createdAt: stamp.createdAt,
    probability,
    interval: intervalOf(manifest, inputs, sample, outputs),
    logit,
    bias: manifest.bias,
    imageContribution: outputs.imageContribution,
    clinicalContributions: contributions(inputs, outputs),
    threshold: manifest.threshold.value,
    decision: because.length > 0 ? 'withheld' : side,
    withheldBecause: because,
    map: { grid: coarserGrid(sample.grid, outputs.cells), values: outputs.cam },
    sample: {
      grid: sample.grid,
      centerMm: sample.centerMm,
      diameterMm: sample.diameterMm,
      channels: sample.channels,
      ...(input.shifts.length > 0 ? { shifts: [...input.shifts] } : {}),
    },
    indexLesionId: indexLesion.id,
    novelty,
    ...(outputs.features ? { features: outputs.features } : {}),
    provider: run.provider,
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
      ...shiftWarnings(sample.channels, input.shifts),
      ...phaseWarnings(roles, series),
      ...imageWarnings(roles, series, input.studyNotes),
      ...sample.warnings,
      ...clinicalWarnings(factors),
      ...contradictionWarnings(factors, input.patient),
      ...sampleDateWarnings(factors, input.studyDate),
      ...censoredWarnings(factors),
      ...factorWarnings(inputs, logit),
    ]),
  };
};
