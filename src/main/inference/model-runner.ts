import { AppError } from '#shared/errors.ts';
import type { CallOptions, WorkerClient } from '../workers/client.ts';
import { checkSignature } from './check-signature.ts';
import type { LoadRequest, ModelInputs, ModelOutputs, RunRequest, RunResult, Signature } from './model-io.ts';
import { type ModelPackage, packageError, readReferenceImage } from './model-package.ts';
import { defaultSilence, modelWatchdog, type SilenceLimits } from './model-stalled.ts';
import type { ProviderName } from './providers.ts';
import { compareWithReference, type ReferenceResult } from './reference-test.ts';

export interface RefusedProvider {
  provider: string;
  reason: string;
}

export interface ChosenProvider {
  provider: ProviderName;
  test: ReferenceResult;
  refused: RefusedProvider[];
}

export interface ModelRun extends ChosenProvider {
  outputs: ModelOutputs;
  runMs: number;
}

export type InferenceWorker = Pick<WorkerClient, 'call'>;

/** Rejected because another call held the process until it was ended: nothing is wrong with this one. */
const wasHeldUp = (error: unknown): boolean => error instanceof AppError && error.params?.heldByAnother !== undefined;

const isCode = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code;

/** First line of a native message, without the source paths and the condition in front of the sentence. */
const shortReason = (message: string): string => {
  const [line = ''] = message.split('\n');
  return (/\bwas false\. (.+)$/.exec(line)?.[1] ?? line).trim().slice(0, 300);
};

/**
 * Runs models in the inference process on the best provider that computes right *here*: each is tried alone, in a fresh
 * session, and taken only after it reproduced the package's reference output. A provider that fails, answers wrongly or
 * takes the process down is refused with the reason. The choice is kept per model until the process is restarted.
 */
export class ModelRunner {
  readonly #worker: InferenceWorker;
  readonly #order: readonly ProviderName[];
  readonly #chosen = new Map<string, Promise<ChosenProvider>>();
  /** Providers that ended the process once are not tried again in this run of the application. */
  readonly #deadly = new Map<ProviderName, string>();
  readonly #silence: SilenceLimits;

  constructor(worker: InferenceWorker, order: readonly ProviderName[], silence: SilenceLimits = defaultSilence) {
    this.#worker = worker;
    this.#order = order;
    this.#silence = silence;
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
    const key = model.manifest.weights.sha256;
    const known = this.#chosen.get(key);
    if (known) return known;
    const choosing = this.#tryInOrder(model);
    this.#chosen.set(key, choosing);
    // A failure is not kept: the next call may find a living process.
    choosing.catch(() => this.#chosen.delete(key));
    return choosing;
  }

  /** Throws `worker-died` where the process ends in mid-run; the next call starts it again and loads the model. */
  async run(model: ModelPackage, inputs: ModelInputs, options: CallOptions = {}): Promise<ModelRun> {
    const chosen = await this.choose(model);
    try {
      return { ...chosen, ...(await this.#run(model, chosen.provider, inputs, options)) };
    } catch (error) {
      if (!isCode(error, 'model-not-loaded') && !wasHeldUp(error)) throw error;
      // The process is a new one and holds no session: test again there, then run.
      this.#chosen.delete(model.manifest.weights.sha256);
      const again = await this.choose(model);
      return { ...again, ...(await this.#run(model, again.provider, inputs, options)) };
    }
  }

  /** The self-test anew, in this process as it is now. */
  async test(model: ModelPackage): Promise<ChosenProvider> {
    this.#chosen.delete(model.manifest.weights.sha256);
    return await this.choose(model);
  }

  async #tryInOrder(model: ModelPackage): Promise<ChosenProvider> {
    const refused: RefusedProvider[] = [];
    for (const provider of this.#order) {
      const reason = this.#deadly.get(provider) ?? (await this.#refusal(model, provider, refused));
      if (typeof reason !== 'string') return reason;
      refused.push({ provider, reason });
    }
    const reasons = refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
    throw new AppError(
      'no-provider',
      'No way of running this model on this computer gives the answer that its maker recorded, so no prediction is shown. Have the model package and the installation checked.',
      { params: { model: model.manifest.id }, detail: reasons },
    );
  }

  /** Why a provider is refused, or the choice where it passed. */
  async #refusal(
    model: ModelPackage,
    provider: ProviderName,
    refused: RefusedProvider[],
  ): Promise<string | ChosenProvider> {
    const { reference } = model.manifest;
    try {
      await this.#load(model, provider);
      const { outputs } = await this.#run(model, provider, {
        image: await readReferenceImage(model),
        clinical: Float32Array.from(reference.clinical),
        clinicalMask: Float32Array.from(reference.clinicalMask),
      });
      const test = compareWithReference(reference, outputs);
      if (test.passed) return { provider, test, refused };
      return `computes wrongly: ${test.where} differs by ${test.largestError.toPrecision(3)}, allowed ${test.tolerance}`;
    } catch (error) {
      if (isCode(error, 'model-refused')) throw error;
      if (wasHeldUp(error)) return await this.#refusal(model, provider, refused);
      const isStalled = isCode(error, 'model-stalled');
      if (!isStalled && !isCode(error, 'worker-died')) {
        return shortReason(error instanceof Error ? error.message : String(error));
      }
      // The CPU provider has to stay possible: its process may have been ended from outside.
      if (provider === 'cpu') throw error;
      const reason = isStalled ? 'gave no answer when it was tried' : 'ended the inference process when it was tried';
      this.#deadly.set(provider, reason);
      return reason;
    }
  }

  async #load(model: ModelPackage, provider: ProviderName): Promise<void> {
    const request: LoadRequest = { key: model.manifest.weights.sha256, path: model.weightsPath, provider };
    const watchdog = modelWatchdog(model.manifest, this.#silence.loadMs, this.#silence);
    const signature = await this.#worker.call<Signature>('load', request, { watchdog });
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
    return await this.#worker.call<RunResult>('run', request, { ...options, watchdog });
  }
}
