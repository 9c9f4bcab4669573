/** `haicast report` and `haicast verify-report`, each as a process of its own on kept cases. */
import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import type { Call } from '../../../../../src/main/hosts/cli/client.ts';
import { makeReport } from '../../../../../src/main/hosts/cli/commands/report.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../../cases/sample-case.ts';
import { reportPictures, savedCase } from '../../reports/report-case.ts';

const root = resolve(import.meta.dirname, '../../../../..');
const passphrase = 'a long enough passphrase';
const LIMIT_MS = 120_000;

const haicast = async (data: string, given: string, ...args: string[]) => {
  const child = spawn(process.execPath, [join(root, 'src/main/hosts/cli/main.ts'), ...args], {
    env: { ...process.env, HAICAST_DATA: data, HAICAST_PASSPHRASE: given },
  });
  const code = new Promise<number | null>((done) => child.on('close', done));
  child.stdin.end();
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
};

const folder = folderForAll();
let data = '';
let id = '';

const history = async (name: string) => {
  const vault = new Vault({ folder: join(folder, name), actor: () => 'Dr B' });
  await vault.start();
  await vault.create({ passphrase });
  return vault;
};

beforeAll(async () => {
  const { keyImages, lesions, factors } = savedCase();
  const pictures = Object.fromEntries([...reportPictures()].map(([key, { bytes }]) => [key, new Uint8Array(bytes)]));
  const vault = await history('data');
  ({ id } = vault.store().save(sampleCase({ keyImages, pictures, lesions, factors }), 'Dr B'));
  vault.close();
  (await history('other')).close();
  data = join(folder, 'data');
}, LIMIT_MS);

test('written for its owner alone, the same again, and known again', { timeout: LIMIT_MS }, async () => {
  const [out, again] = [join(folder, 'report.pdf'), join(folder, 'again.pdf')];
  const made = await haicast(data, passphrase, 'report', id, '-o', out, '--language', 'zh-CN');
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).not.toMatch(/Muster|P-0001/);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect((await haicast(data, passphrase, 'report', id, '-o', again, '--language', 'zh-CN')).code).toBe(0);
  expect(readFileSync(again).equals(readFileSync(out))).toBe(true);
  const verified = await haicast(data, passphrase, 'verify-report', out);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toMatch(
    /^Same: .*\ncase .*, content [0-9a-f]{64}\nThe audit log has it: made here at 20.* by /,
  );
});

test('a changed byte, an unknown case and another file are told apart', { timeout: LIMIT_MS }, async () => {
  const out = join(folder, 'one.pdf');
  await haicast(data, passphrase, 'report', id, '-o', out);
  const there = await haicast(data, passphrase, 'report', id, '-o', out);
  expect(there).toMatchObject({ code: 3 });
  expect(there.stderr).toContain('There is a file of this name already');
  expect(await haicast(data, '', 'verify-report', out)).toMatchObject({ code: 0 });
  const unknown = await haicast(join(folder, 'other'), passphrase, 'verify-report', out, '--json');
  expect([unknown.code, JSON.parse(unknown.stdout)]).toMatchObject([3, { state: 'unknown-case', made: null }]);
  const bytes = readFileSync(out);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(out, bytes);
  const altered = await haicast(data, passphrase, 'verify-report', out);
  expect([altered.code, altered.stdout.split('\n')[0]]).toEqual([3, 'Changed: this file is not as it was made.']);
  expect(await haicast(data, '', 'verify-report', join(root, 'package.json'))).toMatchObject({ code: 3 });
  expect(await haicast(data, passphrase, 'report', id, '-o', join(folder, 'report.doc'))).toMatchObject({ code: 2 });
});

test('a case that was changed since is said to be', { timeout: LIMIT_MS }, async () => {
  const out = join(folder, 'before.html');
  await haicast(data, passphrase, 'report', id, '-o', out);
  const vault = new Vault({ folder: data, actor: () => 'Dr B' });
  await vault.start();
  await vault.unlock({ passphrase });
  const { revision } = vault.store().get(id);
  const { prediction: _, ...inputs } = sampleCase({ note: 'another one', caseId: id, revision });
  vault.store().save(inputs, 'Dr B');
  vault.close();
  const verified = await haicast(data, passphrase, 'verify-report', out, '--json');
  expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([
    3,
    { state: 'case-changed', made: { by: expect.any(String) } },
  ]);
});

test('that replaces a file is its owner’s alone, whatever that was, and a link leads it nowhere', async () => {
  const own = join(folder, 'replaced');
  mkdirSync(own);
  const [open, link, elsewhere] = [join(own, 'open.html'), join(own, 'link.html'), join(folder, 'elsewhere.html')];
  writeFileSync(open, 'for everybody', { mode: 0o644 });
  writeFileSync(elsewhere, 'of somebody else', { mode: 0o644 });
  symlinkSync(elsewhere, link);
  const call = (async () => ({ base64: Buffer.from('a report').toString('base64'), hash: 'its hash' })) as Call;
  for (const out of [open, link]) {
    await expect(makeReport(call, id, { out })).rejects.toMatchObject({ code: 'report-not-saved', detail: 'EEXIST' });
    await makeReport(call, id, { out, replace: true });
    expect([lstatSync(out).isFile(), lstatSync(out).mode & 0o777]).toEqual([true, 0o600]);
    expect(readFileSync(out, 'utf8')).toBe('a report');
  }
  expect(readFileSync(elsewhere, 'utf8')).toBe('of somebody else');
  expect(readdirSync(own).toSorted()).toEqual(['link.html', 'open.html']);
});

test('the report leaves in a DICOM object as the same file, and without its patient no page leaves', {
  timeout: LIMIT_MS,
}, async () => {
  const [named, research, page] = ['objects', 'research', 'page.pdf'].map((name) => join(folder, name));
  await haicast(data, passphrase, 'report', id, '-o', page ?? '', '--language', 'en');
  const made = await haicast(data, passphrase, 'export', id, '--as', 'pdf', '-o', named ?? '', '--json');
  expect([made.code, JSON.parse(made.stdout)]).toMatchObject([0, { notMade: [], files: [{ name: 'report.dcm' }] }]);
  const object = readFileSync(join(named ?? '', 'report.dcm'));
  expect(object.includes(readFileSync(page ?? ''))).toBe(true);
  const asked = ['export', id, '--as', 'pdf,sr,json', '--research', '-o', research ?? '', '--json'];
  const without = await haicast(data, passphrase, ...asked);
  expect([without.code, JSON.parse(without.stdout)]).toMatchObject([
    0,
    {
      notMade: [{ kind: 'pdf', reason: 'may-name-patient' }],
      files: [{ name: 'measurements.dcm' }, { name: 'case.json' }],
    },
  ]);
  for (const name of readdirSync(research ?? '')) {
    expect(readFileSync(join(research ?? '', name), 'latin1')).not.toMatch(/Muster|P-0001/);
  }
});
