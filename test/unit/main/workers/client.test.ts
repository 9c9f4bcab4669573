import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import { forkWorkers } from '../../../../src/main/workers/fork.ts';

const entry = resolve(import.meta.dirname, 'echo-worker.ts');
const restarts: string[] = [];
let client: WorkerClient | undefined;
const start = (): WorkerClient => {
  client = new WorkerClient('inference', forkWorkers({ dicom: entry, inference: entry, report: entry }), (kind) =>
    restarts.push(kind),
  );
  return client;
};
afterEach(() => {
  client?.close();
  restarts.length = 0;
});

describe('WorkerClient', () => {
  it('carries typed arrays there and back unchanged', async () => {
    const data = new Float32Array([1.5, -2.25, 3e38]);
    expect(await start().call('echo', { data })).toEqual({ data });
  });

  it('gives a process nothing of the environment that it does not need', async () => {
    vi.stubEnv('HAICAST_PASSPHRASE', 'correct horse battery');
    vi.stubEnv('HAICAST_DATA', '/data');
    const names = await start().call<string[]>('environment', {});
    expect(names).toContain('PATH');
    expect(names.filter((name) => /HAICAST|PASS|TOKEN|KEY/.test(name))).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('hands on progress in order', async () => {
    const seen: number[] = [];
    await start().call('count', 3, { onProgress: (_phase, done) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('keeps code and params of an error across the process boundary', async () => {
    await expect(start().call('fail', {})).rejects.toMatchObject({ code: 'flat-image', params: { role: 'arterial' } });
  });

  it('rejects with `cancelled` as soon as the signal aborts, and goes on working', async () => {
    const worker = start();
    const abort = new AbortController();
    const call = worker.call('untilCancelled', {}, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await worker.call('echo', 'still here')).toBe('still here');
  });

  it('rejects what was under way when the process is killed, tells, and starts another one', async () => {
    const worker = start();
    const first = await worker.call<number>('pid', {});
    await expect(worker.call('die', {})).rejects.toMatchObject({
      code: 'worker-died',
      params: { worker: 'inference' },
    });
    expect(restarts).toEqual(['inference']);
    expect(await worker.call('echo', 'again')).toBe('again');
    expect(await worker.call<number>('pid', {})).not.toBe(first);
  });

  it('waits longer before each start when the process keeps dying', async () => {
    const worker = start();
    await worker.call('die', {}).catch(() => undefined);
    await worker.call('die', {}).catch(() => undefined);
    const before = performance.now();
    await worker.call('echo', 1);
    // The second death doubles the first back-off of 100 ms.
    expect(performance.now() - before).toBeGreaterThan(150);
  });

  it('heeds a cancel while it waits to start again, and starts nothing for it', async () => {
    const worker = start();
    await worker.call('die', {}).catch(() => undefined);
    const abort = new AbortController();
    const waiting = worker.call('echo', 1, { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(worker.pid).toBeUndefined();
    expect(await worker.call('echo', 'again')).toBe('again');
  });

  it('ends a process that heeds no cancel, and lets the others say that they were held up', async () => {
    const worker = start();
    const abort = new AbortController();
    const error = () => new AppError('stalled', 'It stalled.');
    const watchdog = { limitMs: 60_000, cancelledLimitMs: 50, error };
    const hanging = worker.call('hang', {}, { watchdog, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
    const next = worker.call('echo', 1, { watchdog });
    await expect(next).rejects.toMatchObject({ code: 'worker-died', params: { heldByAnother: 1 } });
    expect(await worker.call('echo', 'again')).toBe('again');
  });

  it('ends without a word where its parent is gone before it has started', async () => {
    const child = fork(entry, [], { silent: true, serialization: 'advanced' });
    child.disconnect();
    const said = child.stderr ? text(child.stderr) : '';
    const [code] = await once(child, 'exit');
    expect([code, await said]).toEqual([0, '']);
  });

  it('counts no silence before the process has started, however slowly that goes', async () => {
    const slow = resolve(import.meta.dirname, 'slow-worker.ts');
    client = new WorkerClient('dicom', forkWorkers({ dicom: slow, inference: slow, report: slow }), (kind) =>
      restarts.push(kind),
    );
    const watchdog = { limitMs: 300, error: () => new AppError('stalled', 'Stalled.') };
    expect(await client.call('echo', 1, { watchdog })).toBe(1);
    expect(restarts).toEqual([]);
  });

  it('rejects a call that was begun just before it is closed, and could not be sent any more', async () => {
    const worker = start();
    await worker.call('echo', 1);
    const call = worker.call('echo', 2);
    worker.close();
    await expect(call).rejects.toMatchObject({ code: 'closed' });
  });

  it('rejects what is under way when it is closed', async () => {
    const worker = start();
    const call = worker.call('untilCancelled', {}, { onProgress: () => worker.close() });
    await expect(call).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuses calls after it was closed, without starting a process', async () => {
    const worker = start();
    worker.close();
    await expect(worker.call('echo', 1)).rejects.toMatchObject({ code: 'closed' });
    expect(worker.pid).toBeUndefined();
  });
});
