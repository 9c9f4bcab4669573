import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DicomStudyService } from '../../../../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../../../../src/main/workers/client.ts';
import { forkWorkers } from '../../../../../src/main/workers/fork.ts';

const entry = resolve(import.meta.dirname, 'hanging-worker.ts');
const restarts: string[] = [];
const spawn = forkWorkers({ dicom: entry, inference: entry, report: entry });
const service = new DicomStudyService(
  (access) => new WorkerClient('dicom', spawn, (kind) => restarts.push(kind), access),
  { silenceMs: 2_000 },
);
afterAll(() => service.closeAll());

describe('a codec that never returns', { timeout: 60_000 }, () => {
  it('costs its own series alone, which is named with its transfer syntax', async () => {
    const { openId } = await service.open({ kind: 'path', path: 'any' });
    const pids = service.processIds;
    const stalled = service.volume(openId, '1.2.7');
    const other = service.volume(openId, '1.2.8');
    const failure = await stalled.catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'decode-stalled',
      params: { series: 7, syntax: 'JPEG 2000 (Lossless Only)', seconds: 2 },
      message: expect.stringMatching(/series 7 \(JPEG 2000.*other series stay usable.*uncompressed export/),
    });
    expect(JSON.stringify(failure)).not.toContain('DOE');
    expect((await other).info.seriesId).toBe('1.2.8');
    expect(restarts).toEqual(['dicom']);
    expect(service.processIds).not.toEqual(pids);
  });

  it('is ended, too, when nobody waits for it any more', async () => {
    const { openId } = await service.open({ kind: 'path', path: 'any' });
    const cancel = new AbortController();
    const given = service.volume(openId, '1.2.7', { signal: cancel.signal, onProgress: () => cancel.abort() });
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    expect((await service.volume(openId, '1.2.8')).info.seriesId).toBe('1.2.8');
    expect(restarts).toEqual(['dicom', 'dicom']);
  });

  it('costs no other series, however often it is asked for', async () => {
    const { openId } = await service.open({ kind: 'path', path: 'any' });
    const stalled = [service.slice(openId, '1.2.7', undefined), service.volume(openId, '1.2.7')];
    const others = [service.slice(openId, '1.2.8', undefined), service.volume(openId, '1.2.8')];
    for (const one of await Promise.allSettled(stalled))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'decode-stalled' } });
    for (const { info } of await Promise.all(others)) expect(info.seriesId).toBe('1.2.8');
  });
});
