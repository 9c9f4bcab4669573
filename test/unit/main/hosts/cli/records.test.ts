import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseRecoveryKey, recordKeyOf } from '../../../../../src/main/cases/keys/recovery-key.ts';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../../cases/sample-case.ts';
import { rawDatabase } from '../../cases/temporary-store.ts';
import { testApplication } from '../../test-application.ts';
import { recordingTerminal } from './recording-terminal.ts';

vi.mock('node:crypto', async (original) => (await import('../../cases/quick-crypto.ts')).quickCrypto(original));

const passphrase = 'a long enough passphrase';

const haicast = (dataFolder: string, ...args: string[]) => haicastWith({ passphrase }, dataFolder, ...args);

const haicastWith = async (
  given: { passphrase: string; newPassphrase?: string; exportPassphrase?: string },
  dataFolder: string,
  ...args: string[]
) => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(args, {
    version: '0.0.0',
    ...given,
    terminal,
    createApplication: (host) => testApplication(dataFolder, { ...host, dataFolder }),
  });
  return { code, ...written };
};

const keptHistory = async () => {
  const folder = temporaryFolder();
  const vault = new Vault({ folder, actor: () => 'Dr B' });
  onTestFinished(() => vault.close());
  await vault.start();
  const { recoveryKey } = await vault.create({ passphrase });
  const { id } = vault.store().save(sampleCase(), 'Dr B');
  vault.close();
  return { folder, id, key: recordKeyOf(parseRecoveryKey(recoveryKey) ?? new Uint8Array()) };
};

test('records audit gives what the filter leaves, as a table, CSV and JSON, and names no patient', async () => {
  const { folder, id } = await keptHistory();
  const json = await haicast(folder, 'records', 'audit', '--actor', 'Dr B', '--json');
  expect(json.code).toBe(0);
  expect((JSON.parse(json.stdout) as { action: string }[]).map(({ action }) => action)).toStrictEqual([
    'case.created',
    'records.created',
  ]);
  const csv = await haicast(folder, 'records', 'audit', '--case', id, '--csv');
  expect(csv.stdout).toMatch(/sequence,at,actor,authenticated,action,case,facts\r\n2,.*,Dr B,no,case\.created,/);
  const table = await haicast(folder, 'records', 'audit', '--until', '2000-01-01');
  expect(table.stdout.trim()).toBe('#  at  actor  action  case  facts');
  expect((await haicast(folder, 'records', 'audit')).stdout).not.toMatch(/Muster|P-0001|2\.25\./);
  expect(await haicast(folder, 'records', 'audit', '--from', 'yesterday')).toMatchObject({ code: 2 });
});

test('records verify says that all is as it was written, and exits with 4 where it is not', async () => {
  const { folder, id, key } = await keptHistory();
  const good = await haicast(folder, 'records', 'verify');
  expect(good).toMatchObject({ code: 0 });
  expect(good.stdout).toContain('Every page, entry, case and secret is as it was written (3 entries, 1 cases).');
  expect((await haicast(folder, 'records', 'verify', '--new')).stdout).toMatch(/^What was written since 20/);
  const db = rawDatabase(join(folder, 'records.db'), key);
  db.exec(`UPDATE cases SET note = 'x'`);
  db.close();
  const bad = await haicast(folder, 'records', 'verify');
  expect(bad.code).toBe(4);
  expect(bad.stdout).toContain(`The history is not as it was written. Case ${id} is not as it was last saved.`);
});

test('records backup makes one that counts, and says where it is', async () => {
  const { folder } = await keptHistory();
  const made = await haicast(folder, 'records', 'backup', '--json');
  expect(made.code).toBe(0);
  const said = JSON.parse(made.stdout) as { name: string; folder: string; cases: number };
  expect(said).toMatchObject({ folder: join(folder, 'backups'), cases: 1 });
  expect(readdirSync(said.folder)).toStrictEqual([said.name]);
});

test('records of a folder without a history are refused, and none is begun', async () => {
  const folder = temporaryFolder();
  expect(await haicast(folder, 'records', 'verify')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('no case history'),
  });
});

test('records erase-patient names no patient, erases nothing without a yes, and then all of the patient', async () => {
  const { folder, id } = await keptHistory();
  const shown = await haicast(folder, 'records', 'erase-patient', id);
  expect([shown.code, shown.stdout.includes(id), shown.stderr.includes('Nothing was erased')]).toStrictEqual([
    0,
    true,
    true,
  ]);
  expect(`${shown.stdout}${shown.stderr}`).not.toMatch(/Muster|P-0001/);
  const done = await haicast(folder, 'records', 'erase-patient', id, '--yes');
  expect([done.code, done.stdout.includes('Erased for ever: 1 cases.')]).toStrictEqual([0, true]);
  expect((await haicast(folder, 'records', 'erase-patient', id)).code).toBe(3);
});

test('records rekey writes the new recovery key first, and only the new passphrase opens the history then', async () => {
  const { folder } = await keptHistory();
  const newPassphrase = 'another long passphrase';
  const file = join(temporaryFolder(), 'recovery.txt');
  const done = await haicastWith(
    { passphrase, newPassphrase },
    folder,
    'records',
    'rekey',
    '--recovery-key-file',
    file,
  );
  expect([done.code, done.stderr.includes('in the file')]).toStrictEqual([0, true]);
  const written = parseRecoveryKey(readFileSync(file, 'utf8').trim()) ?? new Uint8Array();
  const db = rawDatabase(join(folder, 'records.db'), recordKeyOf(written));
  expect(db.prepare('SELECT count(*) FROM cases').pluck().get()).toBe(1);
  db.close();
  expect((await haicast(folder, 'records', 'verify')).code).toBe(4);
  expect((await haicastWith({ passphrase: newPassphrase }, folder, 'records', 'verify')).code).toBe(0);
});

test('records import shows what an export holds, and takes it over after a yes', async () => {
  const { folder, id } = await keptHistory();
  const other = (await keptHistory()).folder;
  const out = temporaryFolder();
  await haicast(folder, 'records', 'export', '-o', out, '--plain');
  const file = join(out, readdirSync(out)[0] ?? '');
  const shown = await haicast(other, 'records', 'import', file);
  expect([shown.code, shown.stdout.includes(id), shown.stderr.includes('Nothing was taken over')]).toStrictEqual([
    0,
    true,
    true,
  ]);
  expect(`${shown.stdout}${shown.stderr}`).not.toMatch(/Muster|P-0001/);
  const done = await haicast(other, 'records', 'import', file, '--yes', '--json');
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, { kept: [id] }]);
  expect((await haicast(other, 'records', 'verify')).code).toBe(0);
});

test('records export writes one file, encrypted, and plain only where that is said', async () => {
  const { folder } = await keptHistory();
  const out = temporaryFolder();
  const unsaid = await haicast(folder, 'records', 'export', '-o', out);
  expect([unsaid.code, unsaid.stderr.includes('--plain'), readdirSync(out)]).toStrictEqual([2, true, []]);
  const exportPassphrase = 'a long enough passphrase';
  const done = await haicastWith({ passphrase, exportPassphrase }, folder, 'records', 'export', '-o', out, '--json');
  expect([done.code, JSON.parse(done.stdout)]).toMatchObject([0, { cases: 1, unreadable: [] }]);
  const [file = ''] = readdirSync(out).filter((name) => name.endsWith('.enc'));
  expect(readFileSync(join(out, file)).subarray(0, 8).toString()).toBe('Salted__');
  const audit = await haicast(folder, 'records', 'audit', '--action', 'records.exported', '--json');
  expect(JSON.parse(audit.stdout)).toHaveLength(1);
});
