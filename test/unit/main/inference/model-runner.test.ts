import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { ProviderName, ProviderSetting } from '#shared/model/providers.ts';
import type { LoadRequest, ModelInputs, RunRequest } from '../../../../src/main/inference/model-io.ts';
import type { ModelPackage } from '../../../../src/main/inference/model-package.ts';
import { ModelRunner, type ModelRunnerOptions } from '../../../../src/main/inference/model-runner.ts';
import { providerMemory } from '../../../../src/main/inference/provider-memory.ts';
import { missingForVulkan, thisSystem } from '../../../../src/main/inference/vulkan.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
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

type Behaviour = Record<string, 'throws' | 'wrong' | 'dies'>;

/**
 * A worker whose providers misbehave as told, and take as long by its clock as told; the CPU computes for all of them in
 * the real process.
 */
const misbehaving = (real: Worker, behaviour: Behaviour, milliseconds: Record<string, number> = {}) => {
  const calls: string[] = [];
  let clock = 0;
  return {
    calls,
    now: () => clock,
    call: async <T>(method: string, params: unknown): Promise<T> => {
      const { provider } = params as LoadRequest;
      calls.push(`${method} ${provider}`);
      const how = behaviour[provider];
      if (how === 'throws') throw new AppError('provider-failed', 'No adapter.\nat native.cc:12');
      if (how === 'dies') throw new AppError('worker-died', 'It stopped.');
      const answer = await real.client.call<T>(method, { ...(params as RunRequest), provider: 'cpu' });
      clock += milliseconds[provider] ?? 1;
      if (how === 'wrong' && method === 'run') {
        const { outputs } = answer as { outputs: Record<string, { data: Float32Array }> };
        const cam = outputs.cam?.data;
        if (cam) cam[5] = (cam[5] ?? 0) + 0.01;
      }
      return answer;
    },
  };
};

const runnerOn = (
  worker: ReturnType<typeof misbehaving>,
  order: ProviderName[],
  more: Partial<ModelRunnerOptions> = {},
) => new ModelRunner({ worker, order, now: worker.now, machine: 'this machine', ...more });

describe('ModelRunner', () => {
  it('takes the fastest provider that computes right, whichever is tried first, and says how all of them did', async () => {
    const model = await tinyModel();
    const wrong = misbehaving(started(), { cuda: 'throws', coreml: 'dies', dml: 'wrong' }, { webgpu: 400, cpu: 140 });
    const { provider, figures } = await runnerOn(wrong, ['cuda', 'coreml', 'dml', 'webgpu', 'cpu']).choose(model);
    expect(provider).toBe('cpu');
    expect(figures).toEqual([
      { provider: 'cuda', reason: 'No adapter.', code: 'failed', params: { message: 'No adapter.' } },
      { provider: 'coreml', reason: 'ended the inference process when it was tried', code: 'died' },
      {
        provider: 'dml',
        reason: 'computes wrongly: cam differs by 0.0100, allowed 0.0001',
        code: 'wrong',
        params: { where: 'cam', error: '0.0100', tolerance: 1e-4 },
        largestError: expect.closeTo(0.01, 4),
      },
      { provider: 'webgpu', largestError: expect.any(Number), coldMs: 800, warmMs: 400 },
      { provider: 'cpu', largestError: expect.any(Number), coldMs: 280, warmMs: 140 },
    ]);
    expect(figures.at(-1)?.largestError).toBeLessThan(1e-5);
    const faster = misbehaving(started(), {}, { webgpu: 5, cpu: 140 });
    expect((await runnerOn(faster, ['cpu', 'webgpu']).choose(model)).provider).toBe('webgpu');
  });

  it('times fewer runs where one takes long', async () => {
    const worker = misbehaving(started(), {}, { webgpu: 2_000, cpu: 10 });
    await runnerOn(worker, ['webgpu', 'cpu']).choose(await tinyModel());
    expect(worker.calls.filter((call) => call === 'run webgpu')).toHaveLength(2);
    expect(worker.calls.filter((call) => call === 'run cpu')).toHaveLength(4);
  });

  it('takes what the settings ask for where that computes right, and the fastest where it does not', async () => {
    const model = await tinyModel();
    let setting: ProviderSetting = 'webgpu';
    const worker = misbehaving(started(), { cuda: 'wrong' }, { webgpu: 400, cpu: 140 });
    const runner = runnerOn(worker, ['cuda', 'webgpu', 'cpu'], { setting: () => setting });
    expect((await runner.choose(model)).provider).toBe('webgpu');
    expect((await runner.run(model, inputsOf(model))).provider).toBe('webgpu');
    setting = 'cuda';
    expect((await runner.choose(model)).provider).toBe('cpu');
    setting = 'automatic';
    expect((await runner.run(model, inputsOf(model))).provider).toBe('cpu');
  });

  it('remembers what it measured for this machine and these weights, and only tests the one it takes', async () => {
    const model = await tinyModel();
    const folder = temporaryFolder();
    const memory = () => providerMemory(join(folder, 'providers.json'));
    const speeds = { webgpu: 400, cpu: 140 };
    const first = await runnerOn(misbehaving(started(), {}, speeds), ['webgpu', 'cpu'], { memory: memory() }).choose(
      model,
    );

    const later = misbehaving(started(), {}, speeds);
    expect(await runnerOn(later, ['webgpu', 'cpu'], { memory: memory() }).choose(model)).toEqual(first);
    expect(later.calls).toEqual(['load cpu', 'run cpu']);

    // Another machine or driver, other weights, another list of providers: nothing is known of them.
    for (const change of [{ machine: 'another' }, { order: ['cpu', 'webgpu'] as ProviderName[] }]) {
      const other = misbehaving(started(), {}, speeds);
      await runnerOn(other, ['webgpu', 'cpu'], { memory: memory(), ...change }).choose(model);
      expect(other.calls).toContain('run webgpu');
    }
    // What no longer computes right is measured with all the others.
    const broken = misbehaving(started(), { cpu: 'wrong' }, speeds);
    const { provider } = await runnerOn(broken, ['webgpu', 'cpu'], { memory: memory() }).choose(model);
    expect(provider).toBe('webgpu');
  });

  it('tests once per model, and never again what ended the process', async () => {
    const model = await tinyModel();
    const worker = misbehaving(started(), { webgpu: 'dies' });
    const runner = runnerOn(worker, ['webgpu', 'cpu']);
    await runner.choose(model);
    await runner.run(model, inputsOf(model));
    expect(worker.calls.filter((call) => call === 'load cpu')).toHaveLength(2);
    await runner.test(model);
    expect(worker.calls.filter((call) => call.endsWith('webgpu'))).toEqual(['load webgpu']);
  });

  it('refuses to predict where no provider computes right, and tries again later', async () => {
    const model = await tinyModel();
    const behaviour: Behaviour = { cpu: 'wrong' };
    const runner = runnerOn(misbehaving(started(), behaviour), ['cpu']);
    await expect(runner.choose(model)).rejects.toThrow(expect.objectContaining({ code: 'no-provider' }));
    delete behaviour.cpu;
    expect((await runner.choose(model)).provider).toBe('cpu');
  });

  it('survives a killed process: the run is rejected, the user told, the next run works', async () => {
    const model = await tinyModel();
    const { client, restarts } = started();
    const runner = new ModelRunner({ worker: client, order: ['cpu'] });
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
      const runner = new ModelRunner({ worker: client, order: ['cpu'], silence: limits });
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
      const patient = new ModelRunner({ worker: client, order: ['cpu'], silence: { ...limits, runMs: 3_600_000 } });
      await client.call('load', { key: endless.manifest.weights.sha256, path: endless.weightsPath, provider: 'cpu' });
      const abort = new AbortController();
      // As if it had passed its test: a graph can wait for one input to loop.
      vi.spyOn(patient, 'choose').mockImplementation(async () => ({
        provider: 'cpu',
        measuredAt: '',
        figures: [],
      }));
      const running = patient.run(endless, inputsOf(endless), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      await vi.waitUntil(() => restarts.length > 0, { timeout: 20_000 });
      const next = new ModelRunner({ worker: client, order: ['cpu'], silence: limits });
      expect((await next.run(model, inputsOf(model))).provider).toBe('cpu');
    }, 60_000);
  });

  it('leaves this process free while the model runs', async () => {
    const model = await tinyModel();
    const runner = new ModelRunner({ worker: started().client, order: ['cpu'] });
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
    const runner = new ModelRunner({ worker: started().client, order: ['webgpu', 'cpu'] });
    const { provider, figures } = await runner.choose(await sixChannelModel());
    expect(provider).toBe('cpu');
    expect(figures[0]).toMatchObject({
      provider: 'webgpu',
      reason: expect.stringMatching(/^computes wrongly: \w+ differs by/),
    });
  }, 60_000);

  it('is accepted for the same network padded to eight channels', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', driver);
    const runner = new ModelRunner({ worker: started().client, order: ['webgpu', 'cpu'] });
    const { figures } = await runner.choose(await tinyModel());
    expect(figures[0]).toMatchObject({ provider: 'webgpu', warmMs: expect.any(Number) });
    expect(figures[0]).not.toHaveProperty('reason');
  }, 60_000);
});
