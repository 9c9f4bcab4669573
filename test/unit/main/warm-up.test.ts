import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProcedureOutput } from '#shared/api.ts';
import { folderForAll } from '../../fixtures/temporary-folder.ts';
import { forkedWorkers, testApplication } from './test-application.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = folderForAll();
beforeAll(async () => {
  await cp(join(root, 'test/fixtures/models/tiny'), join(folder, 'resources/models/tiny'), { recursive: true });
});

/** What happened, in its order, while the images of the demonstration patient were loaded as the window loads them. */
const whileLoading = async (host: 'loopback' | 'cli') => {
  const events: string[] = [];
  const application = await testApplication(folder, {
    host,
    dataFolder: join(folder, host),
    providers: ['cpu'],
    spawnWorker: (kind, access) => {
      events.push(kind);
      return forkedWorkers(kind, access);
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
