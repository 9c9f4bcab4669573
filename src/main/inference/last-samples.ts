/** The samples that were read last, so that a question about other clinical values needs no image again. In memory alone. */
import { canonicalJson } from '#shared/canonical-json.ts';
import type { PredictionRequest } from '#shared/model/prediction.ts';
import { type Lesion, predictedFrom } from '#shared/study/lesion.ts';
import { shiftsInForce } from '#shared/study/series-shift.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { Sample } from '../study/sample/prepare-sample.ts';
import type { ModelPackage } from './model-package.ts';

export interface PreparedSample {
  readonly sample: Sample;
  /** With what the pixels of those in use told. */
  readonly series: readonly ScannedSeries[];
  readonly sampleMs: number;
}

/** What a sample is read by: all of a request but the clinical values. */
export interface SampleInputs {
  readonly request: Omit<PredictionRequest, 'factors' | 'refusedEntries' | 'modelId'>;
  /** That the model looks at. */
  readonly lesion: Lesion;
  readonly model: ModelPackage;
}

/** A prediction, and the one of another model beside it. */
const MOST = 2;

const keyOf = ({ request, lesion, model: { manifest } }: SampleInputs): string => {
  const { openId, studyInstanceUID, roles, lesions, shifts = [] } = request;
  return canonicalJson({
    openId,
    studyInstanceUID,
    roles: roles.map(({ role, seriesId }) => `${role} ${seriesId}`).sort(),
    lesions: lesions.map(predictedFrom),
    looksAt: lesion.id,
    shifts: shiftsInForce(shifts, roles).map(({ seriesId, mm }) => ({ seriesId, mm })),
    model: `${manifest.id} ${manifest.version} ${manifest.weights.sha256}`,
  });
};

export class LastSamples {
  /** The one that was read longest ago first. */
  readonly #samples = new Map<string, PreparedSample>();

  get(inputs: SampleInputs): PreparedSample | undefined {
    return this.#samples.get(keyOf(inputs));
  }

  keep(inputs: SampleInputs, prepared: PreparedSample): void {
    const key = keyOf(inputs);
    this.#samples.delete(key);
    this.#samples.set(key, prepared);
    const [oldest] = this.#samples.keys();
    if (this.#samples.size > MOST && oldest !== undefined) this.#samples.delete(oldest);
  }
}
