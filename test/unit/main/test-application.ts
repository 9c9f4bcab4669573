import { join } from 'node:path';
import { type ApplicationOptions, type ComposedApplication, createApplication } from '../../../src/main/application.ts';
import { forkWorkers } from '../../../src/main/workers/fork.ts';
import { workerEntries } from '../../../src/main/workers/program-files.ts';

/** Real processes, forked from the sources as every host but Electron does. */
export const forkedWorkers = forkWorkers(workerEntries());

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
