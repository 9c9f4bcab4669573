import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { passingFolders } from '../../../../src/main/files/private-folder.ts';
import { createNodeApplication } from '../../../../src/main/hosts/node-application.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

test.each(['loopback', 'cli'] as const)(
  'what an earlier start left of studies and copies is gone once %s has started',
  async (host) => {
    const data = temporaryFolder();
    vi.stubEnv('HAICAST_DATA', data);
    vi.stubEnv('HAICAST_PASSPHRASE', '');
    const left = Object.values(passingFolders(data)).map((folder) => join(folder, String(process.pid)));
    for (const folder of left) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'scan.dcm'), 'of a patient');
    }
    const application = await createNodeApplication({ host });
    await application.close();
    vi.unstubAllEnvs();
    expect(left.filter((folder) => existsSync(folder))).toStrictEqual([]);
  },
);
