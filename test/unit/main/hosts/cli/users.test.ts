import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApplication } from '../../../../../src/main/application.ts';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { readPassword } from '../../../../../src/main/hosts/cli/read-password.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { forkedWorkers } from '../../test-application.ts';
import { recordingTerminal } from './recording-terminal.ts';

const passphrase = 'a long enough passphrase';

/** @param passwords what is answered, one question after the other */
const haicast = async (dataFolder: string, passwords: string[], ...args: string[]) => {
  const { written, terminal } = recordingTerminal();
  const asked: string[] = [];
  const code = await runProgram(args, {
    version: '0.0.0',
    passphrase,
    terminal,
    readPassword: async (prompt) => {
      asked.push(prompt);
      return passwords.shift() ?? '';
    },
    createApplication: () =>
      createApplication({
        host: 'cli',
        version: '0.0.0',
        platform: 'test',
        versions: {},
        dataFolder,
        resourcesFolder: dataFolder,
        locale: 'en',
        userName: 'Dr A',
        spawnWorker: forkedWorkers,
      }),
  });
  return { code, asked, ...written };
};

test('the command line adds users, and then says whose every command is, with a password that no command line holds', async () => {
  const folder = temporaryFolder();
  const vault = new Vault({ folder, actor: () => 'Dr A' });
  await vault.start();
  await vault.create({ passphrase });
  vault.close();

  expect((await haicast(folder, [], 'users')).stdout).toContain('There are no users');
  const wrong = await haicast(folder, ['ada ada ada'], 'users', 'add', 'Ada', '--role', 'chief');
  expect(wrong.code).toBe(2);
  const first = await haicast(folder, ['ada ada ada'], 'users', 'add', 'Ada', '--role', 'administrator');
  expect(first).toMatchObject({ code: 0, asked: ['New password of Ada: '] });

  const nobody = await haicast(folder, [], 'records', 'audit');
  expect(nobody).toMatchObject({ code: 4, stdout: '' });
  expect(nobody.stderr).toContain('Say with --user who you are');
  const scan = await haicast(folder, [], 'scan', folder);
  expect(scan.code).toBe(4);
  const mistyped = await haicast(folder, ['not this one'], 'records', 'audit', '--user', 'Ada');
  expect(mistyped.code).toBe(4);
  expect(mistyped.stderr).toContain('Name or password do not fit');

  const reader = ['users', 'add', 'Rui', '--role', 'reader', '--user', 'Ada'];
  expect((await haicast(folder, ['ada ada ada', 'rui rui rui'], ...reader)).code).toBe(0);
  const remove = ['models', 'remove', 'any', '--user', 'Rui'];
  const unchanged = await haicast(folder, ['rui rui rui'], ...remove, '--password-fd', '3');
  expect(unchanged).toMatchObject({ code: 4, stderr: expect.stringContaining('handed out by an administrator') });
  const refused = await haicast(folder, ['rui rui rui', 'my own one'], ...remove);
  expect(refused.asked).toStrictEqual([
    'Password of Rui: ',
    'An administrator chose this password. Your own from now on: ',
  ]);
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('for the role administrator') });

  const csv = await haicast(folder, ['ada ada ada'], 'records', 'audit', '--csv', '--user', 'Ada');
  expect(csv.stdout).toMatch(/,Ada,yes,user\.added,,who: Rui/);
  expect(csv.stdout).toMatch(/,Dr A,no,user\.added,,who: Ada/);
  expect(csv.stdout).toMatch(/,haicast,,user\.sign-in-failed,/);
  const table = await haicast(folder, ['ada ada ada'], 'records', 'audit', '--user', 'Ada');
  expect(table.stdout).toMatch(/Dr A \(unauthenticated\) +user\.added/);

  const change = ['users', 'change', 'rui', '--disable', '--user', 'Ada'];
  expect((await haicast(folder, ['ada ada ada'], ...change)).stdout).toContain('Rui, reader, disabled.');
  expect((await haicast(folder, ['rui rui rui'], 'models', '--user', 'Rui')).code).toBe(4);
});

test('a password is the first line of a file descriptor', async () => {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, 'correct horse\nsomething else\n');
  const descriptor = openSync(file, 'r');
  expect(await readPassword('', descriptor)).toBe('correct horse');
  closeSync(descriptor);
  await expect(readPassword('', 9_999)).rejects.toMatchObject({ code: 'usage' });
});
