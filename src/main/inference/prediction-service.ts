import { randomUUID } from 'node:crypto';
import { largestDiameterMm, withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';
import { refusedFactors } from '#shared/clinical/parse-factors.ts';
import { AppError } from '#shared/errors.ts';
import type { Prediction, PredictionRequest, RefusedEntry } from '#shared/model/prediction.ts';
import { type WhatIf, whatIfOf } from '#shared/model/what-if.ts';
import { indexLesion, type Lesion, lesionDiameterMm } from '#shared/study/lesion.ts';
import { assertSomeMr } from '#shared/study/modality.ts';
import { notesWithRoles } from '#shared/study/notes.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { movedLesion, shiftOf, shiftsInForce } from '#shared/study/series-shift.ts';
import type { ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import type { DecodedVolume } from '../study/records.ts';
import { prepareSampleInTurns } from '../study/sample/prepare-sample.ts';
import type { StudyService } from '../study/service.ts';
import { abortable } from '../workers/abortable.ts';
import type { CallOptions } from '../workers/client.ts';
import { LastSamples, type PreparedSample } from './last-samples.ts';
import type { ModelLibrary } from './model-library.ts';
import type { ModelPackage } from './model-package.ts';
import { predict } from './predictor.ts';

export interface PredictionServiceOptions {
  studies: Pick<StudyService, 'study' | 'volume'>;
  models: Pick<ModelLibrary, 'get' | 'runner'>;
  appVersion: string;
}

/** What the caller could not read, and what stands among the factors as it was written: nothing computes with either. */
const refusedEntries = ({ factors, refusedEntries = [] }: PredictionRequest): RefusedEntry[] => {
  const named = new Set(refusedEntries.map(({ factor }) => factor));
  const kept = refusedFactors(factors).filter(({ factor }) => !named.has(factor));
  return [...refusedEntries, ...kept.map(({ factor, code }) => ({ factor, code }))];
};

/** The lesion that was asked for, else the index lesion. Throws `no-lesion`. */
const chosenLesion = ({ lesions, indexLesionId }: PredictionRequest): Lesion => {
  const found = indexLesionId === undefined ? indexLesion(lesions) : lesions.find(({ id }) => id === indexLesionId);
  if (found) return found;
  throw new AppError(
    'no-lesion',
    'No lesion is marked, so the model does not know where to look. Measure the target lesion.',
  );
};

/**
 * Images and measurement have to be of the one study that is asked about: a folder may hold several patients, and a file
 * of lesions may be another's. A lesion that names no series is taken as it is. Throws `no-series`, `lesion-elsewhere`.
 */
const assertOneStudy = (series: readonly { readonly id: string }[], { roles }: PredictionRequest, lesion: Lesion) => {
  const held = new Set(series.map(({ id }) => id));
  if (roles.some(({ seriesId }) => !held.has(seriesId))) {
    throw new AppError('no-series', 'This series is not part of the study that is open. Open the study again.');
  }
  if (lesion.seriesId !== '' && !held.has(lesion.seriesId)) {
    throw new AppError(
      'lesion-elsewhere',
      'The lesion was measured on a series that this study does not hold, so it may be of another patient. Measure it on this study.',
    );
  }
};

/** A scan reads headers; what the pixels tell comes with the volumes that the model reads. */
const withVolumeNotes = (series: readonly ScannedSeries[], volumes: readonly DecodedVolume[]): ScannedSeries[] =>
  series.map((one) => {
    const ofVolumes = volumes.filter(({ info }) => info.seriesId === one.id).flatMap(({ info }) => info.notes ?? []);
    return { ...one, notes: [...one.notes, ...ofVolumes] };
  });

interface Asked {
  readonly request: PredictionRequest;
  readonly study: ScannedStudy;
  readonly lesion: Lesion;
  readonly model: ModelPackage;
}

/** From a request to a prediction: images of the roles, the sample around the index lesion, the model, the checks. */
export class PredictionService {
  readonly #options: PredictionServiceOptions;
  readonly #last = new LastSamples();

  constructor(options: PredictionServiceOptions) {
    this.#options = options;
  }

  async predict(request: PredictionRequest, options: CallOptions = {}): Promise<Prediction> {
    const started = performance.now();
    const asked = await this.#asked(request);
    // The provider is tested while the images are decoded in another process.
    const choosing = this.#options.models.runner.choose(asked.model);
    choosing.catch(() => undefined);
    const prepared = await this.#prepare(asked, options);
    await abortable(choosing, options.signal);
    return await this.#compute(asked, prepared, { options, started });
  }

  /**
   * The same images with other clinical values, as if they were the patient's. Images that were read for the prediction are not
   * read again. Nothing of it is kept. Throws `prediction-unknown` where the very model of `beside` is no longer installed: the two
   * numbers would be of two models.
   */
  async whatIf(
    request: Omit<PredictionRequest, 'modelId'>,
    beside: Pick<Prediction, 'model'>,
    options: CallOptions = {},
  ): Promise<WhatIf> {
    const started = performance.now();
    const asked = await this.#asked({ ...request, modelId: beside.model.id });
    const { version, weights } = asked.model.manifest;
    if (version !== beside.model.version || weights.sha256 !== beside.model.sha256) {
      throw new AppError('prediction-unknown', 'The model of this prediction is no longer installed. Predict again.');
    }
    const prepared = this.#last.get(asked) ?? (await this.#prepare(asked, options));
    return whatIfOf(await this.#compute(asked, prepared, { options, started }));
  }

  /** Study, lesion and model of a request. Throws as `chosenLesion` and `assertOneStudy` do, and what knows no such study or model. */
  async #asked(request: PredictionRequest): Promise<Asked> {
    const { studies, models } = this.#options;
    const study = studies.study(request.openId, request.studyInstanceUID);
    const lesion = chosenLesion(request);
    assertOneStudy(study.series, request, lesion);
    assertSomeMr(study.series.filter(({ id }) => request.roles.some(({ seriesId }) => seriesId === id)));
    return { request, study, lesion, model: await models.get(request.modelId) };
  }

  async #prepare(asked: Asked, options: CallOptions): Promise<PreparedSample> {
    const { request, study, lesion, model } = asked;
    const volumesByRole = await this.#volumes(request, model, options);
    options.signal?.throwIfAborted();
    const sampling = performance.now();
    const lesionSeries = study.series.find(({ id }) => id === lesion.seriesId);
    const shifts = shiftsInForce(request.shifts ?? [], request.roles);
    const sample = await prepareSampleInTurns({
      manifest: model.manifest,
      volumesByRole,
      lesion: movedLesion(lesion, shiftOf(shifts, lesion.seriesId)),
      shiftMmByRole: Object.fromEntries(request.roles.map(({ role, seriesId }) => [role, shiftOf(shifts, seriesId)])),
      lesionFrameOfReferenceUID: lesionSeries?.geometry?.frameOfReferenceUID,
    });
    const series = withVolumeNotes(study.series, Object.values(volumesByRole));
    const prepared = { sample, series, sampleMs: performance.now() - sampling };
    this.#last.keep(asked, prepared);
    return prepared;
  }

  async #compute(
    { request, study, lesion, model }: Asked,
    { sample, series, sampleMs }: PreparedSample,
    { options, started }: { options: CallOptions; started: number },
  ): Promise<Prediction> {
    options.signal?.throwIfAborted();
    // A diameter that no liver has is refused where it was measured, too.
    const factors = withLesionDiameter(request.factors, largestDiameterMm(request.lesions));
    const prediction = await predict({
      manifest: model.manifest,
      sample,
      factors,
      roles: request.roles,
      shifts: shiftsInForce(request.shifts ?? [], request.roles),
      series,
      studyNotes: notesWithRoles(study.notes, request.roles),
      refusedEntries: refusedEntries({ ...request, factors }),
      indexLesion: lesion,
      patient: {
        lesionDiametersMm: request.lesions.map(lesionDiameterMm),
        ageYears: study.ageYears,
        sex: study.patient.sex,
      },
      studyDate: study.studyDate,
      run: (inputs) => this.#options.models.runner.run(model, inputs, options),
      stamp: {
        id: randomUUID(),
        createdAt: new Date().toISOString(),
        appVersion: this.#options.appVersion,
        sampleMs,
        elapsedMs: () => performance.now() - started,
      },
    });
    options.onProgress?.('predict', 1, 1);
    return prediction;
  }

  async #volumes(
    { openId, roles }: PredictionRequest,
    { manifest }: ModelPackage,
    options: CallOptions,
  ): Promise<Partial<Record<ModelRole, DecodedVolume>>> {
    const wanted = roles.filter(({ role }) => manifest.channels.some((channel) => channel.role === role));
    const volumes: Partial<Record<ModelRole, DecodedVolume>> = {};
    let done = 0;
    for (const { role, seriesId } of wanted) {
      options.onProgress?.('decode', done++, wanted.length);
      volumes[role] = await this.#options.studies.volume(
        openId,
        seriesId,
        options.signal ? { signal: options.signal } : {},
      );
    }
    options.onProgress?.('decode', done, wanted.length);
    return volumes;
  }
}
