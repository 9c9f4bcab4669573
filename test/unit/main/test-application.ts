import { join, resolve } from 'node:path';
import { type ApplicationOptions, type ComposedApplication, createApplication } from '../../../src/main/application.ts';
import { forkWorkers } from '../../../src/main/workers/fork.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Real processes, forked from the sources as every host but Electron does. */
export const forkedWorkers = forkWorkers({
  dicom: join(root, 'src/main/study/worker.ts'),
  inference: join(root, 'src/main/inference/worker.ts'),
  report: join(root, 'src/main/reports/worker.ts'),
  pacs: join(root, 'src/main/pacs/worker.ts'),
});

/** An application that keeps its things in `folder/data`, brings what is in `folder/resources`, and is closed by its test. */
export const testApplication = (
  folder: string,
  options: Partial<ApplicationOptions> = {},
): Promise<ComposedApplication> =>
  createApplication({
    host: 'cli',
    version: '0.0.0',
    platform: 'test',
    versions: {},
    dataFolder: join(folder, 'data'),
    resourcesFolder: join(folder, 'resources'),
    locale: 'en',
    userName: 'Dr A',
    spawnWorker: forkedWorkers,
    ...options,
  });
