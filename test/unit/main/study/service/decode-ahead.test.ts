import { expect, onTestFinished, it as test, vi } from 'vitest';
import { AppError, toErrorShape } from '#shared/errors.ts';
import { DicomStudyService, type DicomStudyServiceOptions } from '../../../../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../../../../src/main/workers/client.ts';
import type { FromWorker, ToWorker, WorkerRequest } from '../../../../../src/main/workers/connection.ts';

/** Of four voxels of two bytes each. */
const series = ['arterial', 'portal-venous', 'delayed', 't2'].map((id) => ({ id, rows: 2, columns: 2, instances: 1 }));

/** A service whose process answers nothing but the opening by itself: the test says when and with what. */
const opened = async (options: DicomStudyServiceOptions = {}) => {
  const requests: WorkerRequest[] = [];
  const cancelled: number[] = [];
  const kill = vi.fn<() => void>();
  let tell: (message: FromWorker) => void = () => undefined;
  const service = new DicomStudyService(
    (access) =>
      new WorkerClient(
        'dicom',
        () => ({
          pid: 1,
          send(sent) {
            const message = sent as ToWorker;
            if (message.type === 'cancel') cancelled.push(message.id);
            else if (message.method === 'open')
              tell({ type: 'result', id: message.id, value: { studies: [{ series }], skipped: [], files: 1 } });
            else requests.push(message);
          },
          onMessage(listener) {
            tell = listener;
          },
          onExit: () => undefined,
          kill,
        }),
        () => undefined,
        access,
      ),
    options,
  );
  onTestFinished(() => service.closeAll());
  const { openId } = await service.open({ kind: 'path', path: '/study' });
  const requestOf = (seriesId: string, method = 'decode') =>
    requests.find(
      (one) => one.method === method && (one.params as { seriesId: string }).seriesId === seriesId && !isAnswered(one),
    );
  const answered = new Set<number>();
  const isAnswered = ({ id }: WorkerRequest) => answered.has(id) || cancelled.includes(id);
  const answer = (message: (id: number) => FromWorker) => (seriesId: string, method?: string) => {
    const id = requestOf(seriesId, method)?.id ?? -1;
    answered.add(id);
    tell(message(id));
  };
  return {
    service,
    openId,
    kill,
    cancelled,
    asked: () => requests.map(({ method, params }) => `${method} ${(params as { seriesId: string }).seriesId}`),
    decoded: answer((id) => ({ type: 'result', id, value: { info: {}, data: new Int16Array(4) } })),
    failed: answer((id) => ({
      type: 'error',
      id,
      error: toErrorShape(new AppError('cannot-decode', 'Image 1 cannot be shown.')),
    })),
    progress: (seriesId: string, done: number) =>
      tell({ type: 'progress', id: requestOf(seriesId)?.id ?? -1, phase: 'decode', done, total: 24 }),
  };
};

test('a series that is decoded ahead is decoded once, with its progress told to who asks for it meanwhile', async () => {
  const { service, openId, asked, progress, decoded } = await opened();
  service.decodeAhead(openId, ['arterial', 'portal-venous']);
  await expect.poll(asked).toEqual(['decode arterial', 'decode portal-venous']);
  progress('arterial', 8);
  const told = vi.fn<() => void>();
  const asking = service.volume(openId, 'arterial', { onProgress: told });
  progress('arterial', 16);
  decoded('arterial');
  decoded('portal-venous');
  const volume = await asking;
  expect(told.mock.calls).toEqual([
    ['decode', 8, 24],
    ['decode', 16, 24],
  ]);
  expect(await service.volume(openId, 'arterial')).toBe(volume);
  service.decodeAhead(openId, ['arterial']);
  expect(asked()).toHaveLength(2);
});

test('of two panes that share a decoding one gives it up alone, and both end it', async () => {
  const { service, openId, asked, cancelled } = await opened();
  service.decodeAhead(openId, ['arterial']);
  const [one, two] = [new AbortController(), new AbortController()];
  const first = service.volume(openId, 'arterial', { signal: one.signal });
  const second = service.volume(openId, 'arterial', { signal: two.signal });
  await expect.poll(asked).toEqual(['decode arterial']);
  one.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(cancelled).toEqual([]);
  two.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  expect(cancelled).toHaveLength(1);
});

test('what cannot be decoded ahead fails where somebody asks for it', async () => {
  const { service, openId, asked, failed } = await opened();
  service.decodeAhead(openId, ['arterial']);
  await expect.poll(asked).toHaveLength(1);
  failed('arterial');
  // What is told in this turn has been heard by the next.
  await new Promise(setImmediate);
  const asking = service.volume(openId, 'arterial');
  await expect.poll(asked).toHaveLength(2);
  failed('arterial');
  await expect(asking).rejects.toMatchObject({ code: 'cannot-decode' });
});

test('with the study ends what was begun ahead and nobody asked for', async () => {
  const { service, openId, asked, kill } = await opened();
  service.decodeAhead(openId, ['arterial', 'portal-venous']);
  await expect.poll(asked).toHaveLength(2);
  const asking = service.volume(openId, 'arterial');
  await service.close(openId);
  await expect(asking).rejects.toMatchObject({ code: 'not-open' });
  expect(kill).toHaveBeenCalledOnce();
  expect(service.processIds).toEqual([]);
  expect(() => service.decodeAhead(openId, ['arterial'])).toThrow(expect.objectContaining({ code: 'not-open' }));
});

test('a thumbnail waits for the volumes that are on their way, and can be given up meanwhile', async () => {
  const { service, openId, asked, decoded } = await opened();
  service.decodeAhead(openId, ['arterial']);
  await expect.poll(asked).toEqual(['decode arterial']);
  const stop = new AbortController();
  const given = service.thumbnail(openId, 'arterial', { signal: stop.signal });
  const wanted = service.thumbnail(openId, 'dwi');
  stop.abort();
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked()).toEqual(['decode arterial']);
  decoded('arterial');
  await expect.poll(asked).toEqual(['decode arterial', 'thumbnail dwi']);
  decoded('dwi', 'thumbnail');
  await wanted;
});

test('a study beyond the budget is read all the same, never more is held, and nothing is decoded ahead for nothing', async () => {
  let budget = 20;
  const { service, openId, asked, decoded } = await opened({ cacheBytes: () => budget });
  service.decodeAhead(
    openId,
    series.map(({ id }) => id),
  );
  await expect.poll(asked).toEqual(['decode arterial', 'decode portal-venous']);
  for (const { id } of series) {
    const volume = service.volume(openId, id);
    await expect.poll(asked).toContain(`decode ${id}`);
    decoded(id);
    expect((await volume).data).toHaveLength(4);
    expect(service.heldBytes).toBeLessThanOrEqual(budget);
  }
  expect(service.heldBytes, 'what was read last').toBe(16);
  budget = 8;
  service.trim();
  expect(service.heldBytes).toBe(8);
  expect(await service.volume(openId, 't2')).toBeDefined();
  expect(asked()).toHaveLength(4);
});
