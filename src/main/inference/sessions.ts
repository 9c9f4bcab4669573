import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ort from 'onnxruntime-node';
import { AppError } from '#shared/errors.ts';
import type { LoadRequest, RunRequest, RunResult, Signature, TensorInfo } from './model-io.ts';
import { missingPrerequisite } from './providers.ts';

/** Sessions kept at once: the model in use and one more. Each holds its weights. */
const MOST_SESSIONS = 2;

/** ONNX Runtime's folder of native libraries for this system. */
const runtimeFolder = (): string => {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
};

const tensorInfo = (metadata: readonly ort.InferenceSession.ValueMetadata[]): TensorInfo[] =>
  metadata.map((one) =>
    one.isTensor
      ? { name: one.name, type: one.type, shape: [...one.shape] }
      : { name: one.name, type: 'not a tensor', shape: [] },
  );

const signature = (session: ort.InferenceSession): Signature => ({
  inputs: tensorInfo(session.inputMetadata),
  outputs: tensorInfo(session.outputMetadata),
});

/**
 * ONNX Runtime sessions of the inference process, by weights and provider. Creating and running block this process's
 * thread, which is why nothing else lives here.
 */
export class Sessions {
  /** Least recently used first. */
  readonly #sessions = new Map<string, ort.InferenceSession>();

  /** Throws `AppError('provider-failed')`; a list of providers never falls back by itself, so each is tried alone. */
  async load({ key, path, provider }: LoadRequest): Promise<Signature> {
    const id = `${key} ${provider}`;
    const kept = this.#sessions.get(id);
    if (kept) return signature(kept);
    const missing = missingPrerequisite(provider, process.platform, runtimeFolder());
    if (missing) throw new AppError('provider-failed', missing.text, { params: { missing: missing.code } });
    try {
      const session = await ort.InferenceSession.create(path, {
        executionProviders: [provider],
        graphOptimizationLevel: 'all',
        // Fatal only: a refused provider is reported with its reason, not in red on the error stream.
        logSeverityLevel: 4,
      });
      this.#sessions.set(id, session);
    } catch (error) {
      throw new AppError('provider-failed', error instanceof Error ? error.message.trim() : String(error));
    }
    await this.#dropOldest();
    return this.load({ key, path, provider });
  }

  /** Throws `AppError('model-not-loaded')` where this process does not hold the session: it may have been restarted. */
  async run({ key, provider, image, clinical, clinicalMask, imageShape }: RunRequest): Promise<RunResult> {
    const id = `${key} ${provider}`;
    const session = this.#sessions.get(id);
    if (!session) throw new AppError('model-not-loaded', 'The model has to be loaded again.');
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    const factors = [1, clinical.length];
    const started = performance.now();
    const results = await session.run({
      image: new ort.Tensor('float32', image, [1, ...imageShape]),
      clinical: new ort.Tensor('float32', clinical, factors),
      clinical_mask: new ort.Tensor('float32', clinicalMask, factors),
    });
    const runMs = performance.now() - started;
    const outputs: RunResult['outputs'] = {};
    for (const [name, tensor] of Object.entries(results)) {
      if (tensor.data instanceof Float32Array) outputs[name] = { data: tensor.data, dims: [...tensor.dims] };
    }
    return { outputs, runMs };
  }

  async unload(key: string): Promise<void> {
    for (const [id, session] of this.#sessions) {
      if (!id.startsWith(`${key} `)) continue;
      this.#sessions.delete(id);
      await session.release();
    }
  }

  async #dropOldest(): Promise<void> {
    for (const [id, session] of this.#sessions) {
      if (this.#sessions.size <= MOST_SESSIONS) return;
      this.#sessions.delete(id);
      await session.release();
    }
  }
}
