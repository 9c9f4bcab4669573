import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SelfCheck } from '#shared/self-check.ts';
import { createApplication } from '../../../../../src/main/application.ts';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { forkedWorkers } from '../../test-application.ts';
import { recordingTerminal } from './recording-terminal.ts';

const passphrase = 'a long enough passphrase';

const haicast = async (dataFolder: string, given: string | undefined, ...args: string[]) => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(args, {
    version: '0.0.0',
    passphrase: given,
    terminal,
    createApplication: () =>
      createApplication({
        host: 'cli',
        version: '0.0.0',
        platform: 'test',
        versions: { node: '24' },
        dataFolder,
        // No model comes with it, which a self-check has to say.
        resourcesFolder: dataFolder,
        locale: 'en',
        userName: 'Dr Zyxwplant',
        spawnWorker: forkedWorkers,
      }),
  });
  return { code, ...written };
};

const stateOf = (json: string, subject: string) =>
  (JSON.parse(json) as SelfCheck).findings.find((one) => one.subject === subject)?.code;

test('self-check says of each subject how it is, in words and JSON; with something bad it exits with 1', async () => {
  const folder = temporaryFolder();
  const vault = new Vault({ folder, actor: () => 'Dr B' });
  await vault.start();
  await vault.create({ passphrase });
  vault.close();

  const locked = await haicast(folder, undefined, 'self-check', '--json');
  expect(locked.code).toBe(1);
  expect(JSON.parse(locked.stdout)).toMatchObject({ state: 'bad' });
  expect(stateOf(locked.stdout, 'records')).toBe('records-locked');
  expect(stateOf(locked.stdout, 'model')).toBe('model-none');

  const open = await haicast(folder, passphrase, 'self-check');
  expect(open.stdout).toContain('The case history is open: 0 cases.');
  expect(open.stderr).toContain('model: Models says of each package why it is refused.');
});

test('support-bundle shows everything and writes nothing without a folder; with one, what was shown', async () => {
  const folder = temporaryFolder();
  const out = temporaryFolder();
  const shown = await haicast(folder, undefined, 'support-bundle');
  expect(shown.stdout).toContain('--- haicast.log\n');
  expect(shown.stdout).not.toContain('Zyxwplant');
  expect(shown.stderr).toContain('Nothing was written');

  const written = await haicast(folder, undefined, 'support-bundle', '-o', out);
  const [name = ''] = readdirSync(out);
  for (const file of readdirSync(join(out, name))) {
    expect(written.stdout).toContain(readFileSync(join(out, name, file), 'utf8').trimEnd());
  }
});
