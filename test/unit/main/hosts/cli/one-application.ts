import { afterAll, beforeAll, vi } from 'vitest';
import type { ComposedApplication } from '../../../../../src/main/application.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { createNodeApplication } from '../../../../../src/main/hosts/node-application.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { recordingTerminal } from './recording-terminal.ts';

export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * One application for all commands of a file or a group: each of them closes what it was given, so that closing is left to
 * the end. A process for each would spend most of its time on starting.
 */
export const inOneApplication = (): ((args: readonly string[]) => Promise<Answer>) => {
  const data = folderForAll();
  let application: ComposedApplication;
  beforeAll(async () => {
    vi.stubEnv('HAICAST_DATA', data);
    vi.stubEnv('HAICAST_PROVIDERS', 'cpu');
    application = await createNodeApplication({ host: 'cli' });
  });
  afterAll(async () => {
    await application.close();
    vi.unstubAllEnvs();
  });
  return async (args) => {
    const { written, terminal } = recordingTerminal();
    const code = await runProgram(args, {
      version: '0.0.0',
      passphrase: undefined,
      createApplication: async () => ({ ...application, close: async () => undefined }),
      terminal,
    });
    return { code, ...written };
  };
};
