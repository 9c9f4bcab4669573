import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { LoadRequest, ModelInputs, RunRequest } from '../../../../src/main/inference/model-io.ts';
import type { ModelPackage } from '../../../../src/main/inference/model-package.ts';
import { ModelRunner } from '../../../../src/main/inference/model-runner.ts';
import { missingForVulkan, thisSystem } from '../../../../src/main/inference/vulkan.ts';
import { softwareVulkanDriver } from '../../../runtime/machine/vulkan.ts';
import { endlessModel, realWorker, sixChannelModel, tinyModel } from './support.ts';

type Worker = ReturnType<typeof realWorker>;
const workers: Worker[] = [];
const started = (): Worker => {
  const worker = realWorker();
  workers.push(worker);
  return worker;
};
afterEach(() => {
  for (const worker of workers.splice(0)) worker.client.close();
  vi.unstubAllEnvs();
});

const inputsOf = (model: ModelPackage): ModelInputs => ({
  image: new Float32Array(6 * 16 * 16).map((_, i) => Math.sin(i)),
  clinical: Float32Array.from(model.manifest.reference.clinical),
  clinicalMask: Float32Array.from(model.manifest.reference.clinicalMask),
});

/** A worker whose providers misbehave as told; the CPU runs in the real process. */
const misbehaving = (real: Worker, behaviour: Record<string, 'throws' | 'wrong' | 'dies'>) => {
  const calls: string[] = [];
  return {
    calls,
    call: async <T>(method: string, params: unknown): Promise<T> => {
      const { provider } = params as LoadRequest;
      calls.push(`${method} ${provider}`);
      const how = behaviour[provider];
      if (how === 'throws') throw new AppError('provider-failed', 'No adapter.\nat native.cc:12');
      if (how === 'dies') throw new AppError('worker-died', 'It stopped.');
      const answer = await real.client.call<T>(method, { ...(params as RunRequest), provider: 'cpu' });
      if (how === 'wrong' && method === 'run') {
        const { outputs } = answer as { outputs: Record<string, { data: Float32Array }> };
        const cam = outputs.cam?.data;
        if (cam) cam[5] = (cam[5] ?? 0) + 0.01;
      }
      return answer;
    },
  };
};

describe('ModelRunner', () => {
  it('takes the first provider that computes right and keeps why the others were refused', async () => {
    const model = await tinyModel();
    const worker = misbehaving(started(), { cuda: 'throws', coreml: 'dies', webgpu: 'wrong' });
    const runner = new ModelRunner(worker, ['cuda', 'coreml', 'webgpu', 'cpu']);
    const { provider, refused, test } = await runner.choose(model);
    expect(provider).toBe('cpu');
    expect(refused).toEqual([
      { provider: 'cuda', reason: 'No adapter.' },
      { provider: 'coreml', reason: 'ended the inference process when it was tried' },
      { provider: 'webgpu', reason: 'computes wrongly: cam differs by 0.0100, allowed 0.0001' },
    ]);
    expect(test.largestError).toBeLessThan(1e-5);
  });

  it('tests once per model, and never again what ended the process', async () => {
    const model = await tinyModel();
    const worker = misbehaving(started(), { webgpu: 'dies' });
    const runner = new ModelRunner(worker, ['webgpu', 'cpu']);
    await runner.choose(model);
    await runner.run(model, inputsOf(model));
    await runner.test(model);
    expect(worker.calls).toEqual(['load webgpu', 'load cpu', 'run cpu', 'run cpu', 'load cpu', 'run cpu']);
  });

  it('refuses to predict where no provider computes right, and tries again later', async () => {
    const model = await tinyModel();
    const behaviour: Record<string, 'throws' | 'wrong' | 'dies'> = { cpu: 'wrong' };
    const runner = new ModelRunner(misbehaving(started(), behaviour), ['cpu']);
    await expect(runner.choose(model)).rejects.toThrow(expect.objectContaining({ code: 'no-provider' }));
    delete behaviour.cpu;
    expect((await runner.choose(model)).provider).toBe('cpu');
  });

  it('survives a killed process: the run is rejected, the user told, the next run works', async () => {
    const model = await tinyModel();
    const { client, restarts } = started();
    const runner = new ModelRunner(client, ['cpu']);
    const before = await runner.run(model, inputsOf(model));
    const killed = client.pid;
    if (killed === undefined) throw new Error('the process runs');

    const underWay = runner.run(model, inputsOf(model));
    process.kill(killed, 'SIGKILL');
    await expect(underWay).rejects.toThrow(expect.objectContaining({ code: 'worker-died' }));
    expect(restarts).toEqual([expect.stringContaining('stopped unexpectedly')]);

    const after = await runner.run(model, inputsOf(model));
    expect(after.outputs).toEqual(before.outputs);
    expect(client.pid).not.toBe(killed);
  });

  describe('with a model that never answers', () => {
    const limits = { loadMs: 60_000, runMs: 4_000, cancelledMs: 50 };

    it('ends it, says so, and predicts with another model meanwhile and afterwards', async () => {
      const [endless, model] = [await endlessModel(), await tinyModel()];
      const { client, restarts } = started();
      const runner = new ModelRunner(client, ['cpu'], limits);
      await runner.run(model, inputsOf(model));
      const [stalled, beside] = await Promise.allSettled([runner.choose(endless), runner.run(model, inputsOf(model))]);
      expect(stalled).toMatchObject({ reason: { code: 'model-stalled', params: { model: 'test-endless' } } });
      expect(beside).toMatchObject({ status: 'fulfilled', value: { provider: 'cpu' } });
      expect(restarts).toHaveLength(1);
      expect((await runner.run(model, inputsOf(model))).provider).toBe('cpu');
    }, 60_000);

    it('ends it when it is cancelled, long before the limit', async () => {
      const [endless, model] = [await endlessModel(), await tinyModel()];
      const { client, restarts } = started();
      const patient = new ModelRunner(client, ['cpu'], { ...limits, runMs: 3_600_000 });
      await client.call('load', { key: endless.manifest.weights.sha256, path: endless.weightsPath, provider: 'cpu' });
      const abort = new AbortController();
      // As if it had passed its test: a graph can wait for one input to loop.
      vi.spyOn(patient, 'choose').mockImplementation(async () => ({
        provider: 'cpu',
        test: { passed: true, largestError: 0, tolerance: 1, where: '' },
        refused: [],
      }));
      const running = patient.run(endless, inputsOf(endless), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      await vi.waitUntil(() => restarts.length > 0, { timeout: 20_000 });
      const next = new ModelRunner(client, ['cpu'], limits);
      expect((await next.run(model, inputsOf(model))).provider).toBe('cpu');
    }, 60_000);
  });

  it('leaves this process free while the model runs', async () => {
    const model = await tinyModel();
    const runner = new ModelRunner(started().client, ['cpu']);
    let turns = 0;
    const counter = setInterval(() => turns++, 1);
    await runner.run(model, inputsOf(model));
    clearInterval(counter);
    expect(turns).toBeGreaterThan(5);
  });
});

const driver = softwareVulkanDriver();
const lacking =
  process.platform !== 'linux'
    ? 'only on Linux'
    : driver
      ? missingForVulkan({ ...thisSystem, env: { VK_ICD_FILENAMES: driver } })
      : 'no Chromium with its Vulkan driver';
describe.skipIf(lacking)(`WebGPU on a software device${lacking ? ` (left out: ${lacking})` : ''}`, () => {
  it('is refused for a six-channel convolution, which it computes wrongly without an error', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', driver);
    const runner = new ModelRunner(started().client, ['webgpu', 'cpu']);
    const { provider, refused } = await runner.choose(await sixChannelModel());
    expect(provider).toBe('cpu');
    expect(refused).toEqual([
      { provider: 'webgpu', reason: expect.stringMatching(/^computes wrongly: \w+ differs by/) },
    ]);
  }, 60_000);

  it('is accepted for the same network padded to eight channels', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', driver);
    const runner = new ModelRunner(started().client, ['webgpu', 'cpu']);
    expect(await runner.choose(await tinyModel())).toMatchObject({ provider: 'webgpu', refused: [] });
  }, 60_000);
});
