import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcedureOutput } from '#shared/api.ts';
import { createApplication } from '../../../src/main/application.ts';
import { forkWorkers } from '../../../src/main/workers/fork.ts';

const root = resolve(import.meta.dirname, '../../..');
const spawn = forkWorkers({
  dicom: join(root, 'src/main/study/worker.ts'),
  inference: join(root, 'src/main/inference/worker.ts'),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haicast-warm-'));
  await cp(join(root, 'test/fixtures/models/tiny'), join(folder, 'resources/models/tiny'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What happened, in its order, while the images of the demonstration patient were loaded as the window loads them. */
const whileLoading = async (host: 'loopback' | 'cli') => {
  const events: string[] = [];
  const application = await createApplication({
    host,
    version: '0.0.0',
    platform: 'test',
    versions: {},
    dataFolder: join(folder, host),
    resourcesFolder: join(folder, 'resources'),
    locale: 'en',
    userName: 'Dr A',
    providers: ['cpu'],
    spawnWorker: (kind, access) => {
      events.push(kind);
      return spawn(kind, access);
    },
  });
  const study = { path: join(root, 'resources/demo/study'), jobId: 'open' };
  const { openId, studies } = (await application.call('study.open', study)) as ProcedureOutput<'study.open'>;
  const wanted = studies.flatMap(({ series }) => series).slice(0, 2);
  await Promise.all(
    wanted.map(({ id }) =>
      application.call('study.volume', { openId, seriesId: id, jobId: id }).then(() => events.push('image')),
    ),
  );
  return { application, events };
};

describe('the model', () => {
  it('is made ready once all images are decoded, before anybody asks for a prediction', async () => {
    const { application, events } = await whileLoading('loopback');
    await expect.poll(() => events).toContain('inference');
    expect(events[0]).toBe('dicom');
    expect(events.filter((event) => event !== 'image')).toEqual(['dicom', 'inference']);
    // What somebody waits for is held up by nothing.
    expect(events.indexOf('inference')).toBeGreaterThan(events.lastIndexOf('image'));
    const { figures } = (await application.call('models.provider', {})) as ProcedureOutput<'models.provider'>;
    expect(figures).toMatchObject([{ provider: 'cpu' }]);
    await application.close();
  });

  it('is not touched where nobody sits in front of it', async () => {
    const { application, events } = await whileLoading('cli');
    await application.close();
    expect(events).not.toContain('inference');
  });
});
