import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { createNodeApplication } from '../../../../../src/main/hosts/node-application.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { recordingTerminal } from './recording-terminal.ts';

const demo = resolve(import.meta.dirname, '../../../../../resources/demo/study');
const main = resolve(import.meta.dirname, '../../../../../src/main/hosts/cli/main.ts');
const identity = ['DEMO', 'SIM-0007', '19671231', '20260317', 'Simulated Hospital', 'MRC3T01'];
const LIMIT_MS = 120_000;

const haicast = async (args: string[]) => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(['deidentify', ...args], {
    version: '0.0.0',
    passphrase: undefined,
    createApplication: () => createNodeApplication({ host: 'cli' }),
    terminal,
  });
  return { code, ...written };
};

const copies = (out: string): Buffer[] =>
  readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => readFileSync(join(out, name)));

const pseudonymIn = (text: string): string | undefined => /HC-[A-Z0-9]{10}/.exec(text)?.[0];

describe('haicast deidentify', { timeout: LIMIT_MS }, () => {
  test('writes a copy without the patient, joined to another one by the key file', async () => {
    const folder = temporaryFolder();
    const keyFile = join(folder, 'key');
    const key = 'a1'.repeat(32);
    writeFileSync(keyFile, `${key}\n`);
    const out = join(folder, 'copy');
    const { code, stdout, stderr } = await haicast([demo, '-o', out, '--key-file', keyFile, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ written: copies(out).length, skipped: [], warnings: [] });
    expect(copies(out).length).toBeGreaterThan(100);
    const left = identity.filter((text) => copies(out).some((bytes) => bytes.includes(text)));
    expect(left).toEqual([]);
    expect(stdout + stderr).not.toContain(key);

    const preview = await haicast([demo, '--preview', '--key-file', keyFile]);
    const pseudonym = pseudonymIn(preview.stdout);
    expect(pseudonym).toBeDefined();
    expect(copies(out).every((bytes) => bytes.includes(pseudonym ?? '-'))).toBe(true);

    const again = await haicast([demo, '-o', out, '--key-file', keyFile, '--json']);
    expect(again.code).toBe(3);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'folder-not-empty' } });
  });

  test('shows a preview and writes nothing, with a remark where copies cannot be linked', async () => {
    const { code, stdout, stderr } = await haicast([demo, '--preview', '--json', '--no-modified-dates']);
    expect(code).toBe(0);
    const [first] = (JSON.parse(stdout) as { series: { lines: { keyword: string; action: string }[] }[] }).series;
    expect(first?.lines.find(({ keyword }) => keyword === 'StudyDate')).toMatchObject({ action: 'empty' });
    expect(stderr).toContain('cannot be linked');
  });
});

test(
  'haicast deidentify lets a picture that may show a name leave only with --burned-in-checked',
  async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'source');
    mkdirSync(source);
    writeFileSync(join(source, 'IM1'), dicomFile(mrElements({ extra: [['0028,0301', 'CS', 'YES']] })));
    const refused = await haicast([source, '-o', join(folder, 'gated')]);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('0 images written, 1 left out');
    expect(refused.stderr).toContain('--burned-in-checked');
    expect(copies(join(folder, 'gated'))).toEqual([]);

    const agreed = await haicast([source, '-o', join(folder, 'checked'), '--burned-in-checked']);
    expect(agreed.code).toBe(0);
    expect(copies(join(folder, 'checked'))).toHaveLength(1);
  },
  LIMIT_MS,
);

// Windows has no signals that a test could send.
test.skipIf(process.platform === 'win32')(
  'Ctrl+C leaves nothing of a copy, and the folder as it was (left out on Windows)',
  async () => {
    const data = temporaryFolder();
    const out = join(data, 'copy');
    mkdirSync(out);
    // A group of its own, so that the signal reaches the worker too, as it does in a terminal.
    const child = spawn(process.execPath, [main, 'deidentify', demo, '-o', out, '--json'], {
      detached: true,
      env: { ...process.env, HAICAST_DATA: data },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const stdout = text(child.stdout);
    const ended = once(child, 'exit');
    await vi.waitUntil(() => readdirSync(out).length > 0, { timeout: LIMIT_MS, interval: 2 });
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(JSON.parse(await stdout)).toMatchObject({ error: { code: 'cancelled' } });
    expect(readdirSync(out)).toEqual([]);
  },
  LIMIT_MS,
);

describe('haicast deidentify refuses', () => {
  test.each([
    ['neither folder nor preview', [], 2, 'usage'],
    ['a key file that is not there', ['--preview', '--key-file', '/no/such/key'], 3, 'bad-key-file'],
    ['a short key', ['--preview', '--key-file', 'SHORT'], 3, 'bad-key-file'],
  ])('%s', async (_what, args, code, expected) => {
    const short = join(temporaryFolder(), 'key');
    writeFileSync(short, 'a1b2c3d4');
    const answer = await haicast([demo, ...args.map((arg) => (arg === 'SHORT' ? short : arg)), '--json']);
    expect(answer.code).toBe(code);
    expect(JSON.parse(answer.stdout)).toMatchObject({ error: { code: expected } });
  });
});
