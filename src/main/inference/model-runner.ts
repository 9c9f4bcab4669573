import { AppError } from '#shared/errors.ts';
import {
  type ProviderFigure,
  type ProviderMeasurement,
  type ProviderName,
  type ProviderSetting,
  providerFor,
} from '#shared/model/providers.ts';
import type { CallOptions, WorkerClient } from '../workers/client.ts';
import { checkSignature } from './check-signature.ts';
import type { LoadRequest, ModelInputs, ModelOutputs, RunRequest, RunResult, Signature } from './model-io.ts';
import { type ModelPackage, packageError, readReferenceImage } from './model-package.ts';
import { defaultSilence, modelWatchdog, type SilenceLimits } from './model-stalled.ts';
import { noMemory, type ProviderMemory } from './provider-memory.ts';
import { compareWithReference } from './reference-test.ts';

export interface ChosenProvider extends ProviderMeasurement {
  provider: ProviderName;
}

export interface ModelRun {
  provider: ProviderName;
  outputs: ModelOutputs;
  runMs: number;
}

export type InferenceWorker = Pick<WorkerClient, 'call'>;

export interface ModelRunnerOptions {
  worker: InferenceWorker;
  /** The providers to try. */
  order: readonly ProviderName[];
  /** What the user wants; the fastest where it is absent. */
  setting?: () => ProviderSetting;
  memory?: ProviderMemory;
  /** Stands for this computer and its drivers in the memory. */
  machine?: string;
  silence?: SilenceLimits;
  /** Milliseconds of a clock that only goes forwards. */
  now?: () => number;
}

/** Runs after the first, for the median of their times; one where a run takes so long that nobody waits for more. */
const TIMED_RUNS = 3;
const LONG_RUN_MS = 1_000;

/** Why a provider is not used. */
type Refusal = Required<Pick<ProviderFigure, 'reason' | 'code'>> & Pick<ProviderFigure, 'params'>;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

/** Rejected because another call held the process until it was ended: nothing is wrong with this one. */
const wasHeldUp = (error: unknown): boolean => error instanceof AppError && error.params?.heldByAnother !== undefined;

const isCode = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code;

/** First line of a native message, without the source paths and the condition in front of the sentence. */
const shortReason = (message: string): string => {
  const [line = ''] = message.split('\n');
  return (/\bwas false\. (.+)$/.exec(line)?.[1] ?? line).trim().slice(0, 300);
};

/**
 * Runs models in the inference process on the fastest provider that computes right *here*: each is tried alone, in a fresh
 * session, and may be used only where it reproduced the package's reference output. One that fails, answers wrongly, not at
 * all, or takes the process down is refused with the reason. What was measured is remembered for the computer, its driver
 * and the weights; in every process the one that is taken reproduces the reference again before it predicts.
 */
export class ModelRunner {
  readonly #options: Required<Omit<ModelRunnerOptions, 'silence'>>;
  readonly #silence: SilenceLimits;
  readonly #chosen = new Map<string, Promise<ChosenProvider>>();
  /** Providers that ended the process once are not tried again in this run of the application. */
  readonly #deadly = new Map<ProviderName, Refusal>();

  constructor({ silence = defaultSilence, ...options }: ModelRunnerOptions) {
    this.#silence = silence;
    this.#options = {
      setting: () => 'automatic',
      memory: noMemory(),
      machine: '',
      now: () => performance.now(),
      ...options,
    };
  }

  /**
   * Whether the weights load and have the inputs and outputs of the manifest. Throws `AppError` with `model-refused`, or
   * `worker-died` where the process ended meanwhile, which need not be the package's doing.
   */
  async assertFits(model: ModelPackage): Promise<void> {
    try {
      await this.#load(model, 'cpu');
    } catch (error) {
      if (isCode(error, 'model-refused')) throw error;
      const reason = error instanceof AppError ? error.message : String(error);
      if (isCode(error, 'provider-failed')) throw packageError([`its weights do not load: ${shortReason(reason)}`]);
      throw error;
    }
  }

  /** The provider for this model, tested. Throws `AppError('no-provider')` where none passes. */
  choose(model: ModelPackage): Promise<ChosenProvider> {
    return this.#kept(model, () => this.#choose(model));
  }

  /** Throws `worker-died` where the process ends in mid-run; the next call starts it again and loads the model. */
  async run(model: ModelPackage, inputs: ModelInputs, options: CallOptions = {}): Promise<ModelRun> {
    const { provider } = await this.choose(model);
    try {
      return { provider, ...(await this.#run(model, provider, inputs, options)) };
    } catch (error) {
      if (!isCode(error, 'model-not-loaded') && !wasHeldUp(error)) throw error;
      // The process is a new one and holds no session: test again there, then run.
      this.#chosen.delete(this.#key(model));
      const again = await this.choose(model);
      return { provider: again.provider, ...(await this.#run(model, again.provider, inputs, options)) };
    }
  }

  /** Measures all providers anew, in this process as it is now. */
  test(model: ModelPackage): Promise<ChosenProvider> {
    this.#chosen.delete(this.#key(model));
    return this.#kept(model, () => this.#measure(model));
  }

  #key({ manifest }: ModelPackage): string {
    return `${manifest.weights.sha256} ${this.#options.setting()}`;
  }

  /** What a measurement holds for. The providers that were tried belong to it: another list is measured by itself. */
  #memoryKey({ manifest }: ModelPackage): string {
    const { machine, order } = this.#options;
    return [machine, manifest.weights.sha256, order.join(',')].join(' ');
  }

  #kept(model: ModelPackage, choose: () => Promise<ChosenProvider>): Promise<ChosenProvider> {
    const key = this.#key(model);
    const known = this.#chosen.get(key);
    if (known) return known;
    const choosing = choose();
    this.#chosen.set(key, choosing);
    // A failure is not kept: the next call may find a living process.
    choosing.catch(() => this.#chosen.delete(key));
    return choosing;
  }

  async #choose(model: ModelPackage): Promise<ChosenProvider> {
    const remembered = this.#options.memory.get(this.#memoryKey(model));
    const provider = remembered && providerFor(this.#options.setting(), remembered.figures);
    if (remembered && provider) {
      const { reason } = await this.#figure(model, provider, 0);
      if (reason === undefined) return { ...remembered, provider };
      // It did not fail when it was measured, so that nothing of that holds any more.
    }
    return await this.#measure(model);
  }

  async #measure(model: ModelPackage): Promise<ChosenProvider> {
    const { order, memory, setting } = this.#options;
    const figures: ProviderFigure[] = [];
    for (const provider of order) {
      const deadly = this.#deadly.get(provider);
      figures.push(deadly ? { provider, ...deadly } : await this.#figure(model, provider, TIMED_RUNS));
    }
    const provider = providerFor(setting(), figures);
    if (!provider) {
      const reasons = figures.map((figure) => `${figure.provider}: ${figure.reason}`).join('; ');
      throw new AppError(
        'no-provider',
        'No way of running this model on this computer gives the answer that its maker recorded, so no prediction is shown. Have the model package and the installation checked.',
        { params: { model: model.manifest.id }, detail: reasons },
      );
    }
    const measurement = { measuredAt: new Date().toISOString(), figures };
    memory.set(this.#memoryKey(model), measurement);
    // Those that were tried after it may have taken its place in memory.
    await this.#load(model, provider);
    return { ...measurement, provider };
  }

  /** Tries a provider on the reference; `timedRuns` further runs are timed. */
  async #figure(model: ModelPackage, provider: ProviderName, timedRuns: number): Promise<ProviderFigure> {
    const { reference } = model.manifest;
    const inputs = {
      image: await readReferenceImage(model),
      clinical: Float32Array.from(reference.clinical),
      clinicalMask: Float32Array.from(reference.clinicalMask),
    };
    const { now } = this.#options;
    try {
      const started = now();
      await this.#load(model, provider);
      const { outputs } = await this.#run(model, provider, inputs);
      const coldMs = now() - started;
      const { passed, largestError, tolerance, where } = compareWithReference(reference, outputs);
      if (!passed) {
        const reason = `computes wrongly: ${where} differs by ${largestError.toPrecision(3)}, allowed ${tolerance}`;
        const params = { where, error: largestError.toPrecision(3), tolerance };
        return { provider, reason, code: 'wrong', params, ...(Number.isFinite(largestError) ? { largestError } : {}) };
      }
      const times: number[] = [];
      while (times.length < timedRuns && !times.some((time) => time > LONG_RUN_MS)) {
        const before = now();
        await this.#run(model, provider, inputs);
        times.push(now() - before);
      }
      return { provider, largestError, coldMs, ...(times.length > 0 ? { warmMs: median(times) } : {}) };
    } catch (error) {
      if (isCode(error, 'model-refused')) throw error;
      if (wasHeldUp(error)) return await this.#figure(model, provider, timedRuns);
      return { provider, ...this.#refusal(provider, error) };
    }
  }

  #refusal(provider: ProviderName, error: unknown): Refusal {
    const isStalled = isCode(error, 'model-stalled');
    if (!isStalled && !isCode(error, 'worker-died')) {
      const reason = shortReason(error instanceof Error ? error.message : String(error));
      const missing = error instanceof AppError ? error.params?.missing : undefined;
      return missing === undefined
        ? { reason, code: 'failed', params: { message: reason } }
        : { reason, code: String(missing) };
    }
    // The CPU provider has to stay possible: its process may have been ended from outside.
    if (provider === 'cpu') throw error;
    const refusal = isStalled
      ? { reason: 'gave no answer when it was tried', code: 'stalled' }
      : { reason: 'ended the inference process when it was tried', code: 'died' };
    this.#deadly.set(provider, refusal);
    return refusal;
  }

  async #load(model: ModelPackage, provider: ProviderName): Promise<void> {
    const request: LoadRequest = { key: model.manifest.weights.sha256, path: model.weightsPath, provider };
    const watchdog = modelWatchdog(model.manifest, this.#silence.loadMs, this.#silence);
    const signature = await this.#options.worker.call<Signature>('load', request, { watchdog });
    const problems = checkSignature(model.manifest, signature);
    if (problems.length > 0) throw packageError(problems);
  }

  async #run(
    { manifest }: ModelPackage,
    provider: ProviderName,
    inputs: ModelInputs,
    options: CallOptions = {},
  ): Promise<RunResult> {
    const { size } = manifest.crop;
    const request: RunRequest = {
      ...inputs,
      key: manifest.weights.sha256,
      provider,
      imageShape: [manifest.channels.length, size, size],
    };
    const watchdog = modelWatchdog(manifest, this.#silence.runMs, this.#silence);
    return await this.#options.worker.call<RunResult>('run', request, { ...options, watchdog });
  }
}
