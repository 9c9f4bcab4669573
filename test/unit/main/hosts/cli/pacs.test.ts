/** `haicast pacs …`, with small archives of both protocols. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { runProgram } from '../../../../../src/main/hosts/cli/program.ts';
import { createNodeApplication } from '../../../../../src/main/hosts/node-application.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { type SmallDicomweb, startSmallDicomweb } from '../../../../fixtures/pacs/small-dicomweb.ts';
import { type SmallDimse, startSmallDimse } from '../../../../fixtures/pacs/small-dimse.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../../cases/sample-case.ts';
import { savedCase } from '../../reports/report-case.ts';
import { recordingTerminal } from './recording-terminal.ts';

const passphrase = 'a long enough passphrase';
const LIMIT_MS = 120_000;
const files = [1, 2, 3].map((instance) => dicomFile(mrElements({ instance })));

const folder = folderForAll();
const data = join(folder, 'data');
let web: SmallDicomweb;
let dimse: SmallDimse;
let id = '';

let asked = 0;
/** A file with what is searched for. */
const query = (content: string): string => {
  asked += 1;
  const file = join(folder, `query-${asked}.json`);
  writeFileSync(file, content);
  return file;
};

/** Each with an application of its own, which ends with it. */
const haicast = async (args: readonly string[], given?: string) => {
  const { written, terminal } = recordingTerminal();
  const code = await runProgram(['pacs', ...args], {
    version: '0.0.0',
    passphrase: given,
    createApplication: (more) => createNodeApplication({ host: 'cli', ...more }),
    terminal,
  });
  return { code, ...written };
};

beforeAll(async () => {
  vi.stubEnv('HAICAST_DATA', data);
  vi.stubEnv('HAICAST_MANAGED', join(folder, 'managed.json'));
  [web, dimse] = [await startSmallDicomweb(files), await startSmallDimse(files)];
  writeFileSync(
    join(folder, 'managed.json'),
    JSON.stringify({
      schema: 1,
      pacs: [
        { name: 'Web', kind: 'dicomweb', url: web.url },
        {
          name: 'Old',
          kind: 'dimse',
          host: '127.0.0.1',
          port: dimse.port,
          calledAETitle: 'SMALL',
          callingAETitle: 'HAICAST',
        },
      ],
    }),
  );
  const vault = new Vault({ folder: data, actor: () => 'Dr B' });
  await vault.start();
  await vault.create({ passphrase });
  ({ id } = vault.store().save(sampleCase({ lesions: savedCase().lesions, factors: savedCase().factors }), 'Dr B'));
  vault.close();
}, LIMIT_MS);
afterAll(async () => {
  await web.close();
  await dimse.close();
  vi.unstubAllEnvs();
});

const digests = (of: readonly Uint8Array[]) =>
  new Set(of.map((bytes) => createHash('sha256').update(bytes).digest('hex')));

test.each(['Web', 'Old'])(
  '%s is asked, searched, and its study lands whole in a folder',
  { timeout: LIMIT_MS },
  async (name) => {
    const echo = await haicast(['echo', name]);
    expect(echo).toMatchObject({ code: 0 });
    expect(echo.stdout).toMatch(/answers and lets haicast in/);

    const found = await haicast(['find', name, query('{"patientName": "*"}'), '--json']);
    const { studies } = JSON.parse(found.stdout) as { studies: { studyInstanceUID: string; patientName: string }[] };
    const [study] = studies;
    if (!study) throw new Error(found.stderr);
    expect(study.patientName).not.toBe('');
    // What a terminal keeps names nobody.
    const shown = await haicast(['find', name, query('{"patientName": "*"}')]);
    expect(shown.stdout).toContain(study.studyInstanceUID);
    expect(shown.stdout + shown.stderr).not.toContain(study.patientName);

    const out = join(folder, name, 'images');
    const fetched = await haicast(['fetch', name, study.studyInstanceUID, '-o', out, '--json']);
    expect(fetched).toMatchObject({ code: 0 });
    expect(JSON.parse(fetched.stdout)).toMatchObject({ archive: name, images: 3, series: 1, folder: out });
    const came = readdirSync(out).map((file) => readFileSync(join(out, file)));
    if (name === 'Web') expect(digests(came)).toEqual(digests(files));
    expect(came).toHaveLength(3);
    if (process.platform !== 'win32') expect(statSync(join(out, readdirSync(out)[0] ?? '')).mode & 0o777).toBe(0o600);
    // Nothing of it stays in the data folder.
    const left = existsSync(join(data, 'fetched')) ? readdirSync(join(data, 'fetched')) : [];
    expect(left).toEqual([]);
    const again = await haicast(['fetch', name, study.studyInstanceUID, '-o', out]);
    expect([again.code, again.stderr.includes('not empty')]).toEqual([3, true]);
  },
);

test('a case goes to both as objects, and the audit log knows all of it', { timeout: LIMIT_MS }, async () => {
  for (const name of ['Web', 'Old']) {
    const sent = await haicast(['send', name, id, '--as', 'pdf,sr', '--json'], passphrase);
    expect(JSON.parse(sent.stdout), sent.stderr).toMatchObject({ archive: name, sent: 2, refused: [] });
  }
  expect(dimse.stored).toHaveLength(2);
  const vault = new Vault({ folder: data, actor: () => 'Dr B' });
  await vault.start();
  await vault.unlock({ passphrase });
  const actions = vault
    .store()
    .audit()
    .entries.map(({ action }) => action);
  vault.close();
  // Those of a locked history waited until it was opened.
  for (const action of ['pacs.searched', 'study.fetched', 'case.sent']) expect(actions).toContain(action);
});

test('what is not understood or not there is said, and what is searched for never stands on the command line', {
  timeout: LIMIT_MS,
}, async () => {
  expect(await haicast(['echo', 'Nowhere'])).toMatchObject({ code: 3 });
  expect(await haicast(['find', 'Web', query('{}')])).toMatchObject({ code: 2 });
  expect(await haicast(['find', 'Web', query('{"patient": "x"}')])).toMatchObject({ code: 2 });
  expect(await haicast(['fetch', 'Web', 'no-uid', '-o', join(folder, 'none')])).toMatchObject({ code: 2 });
  expect(existsSync(join(folder, 'none'))).toBe(false);
  const gone = await haicast(['fetch', 'Old', '1.2.3', '-o', join(folder, 'none')]);
  expect([gone.code, existsSync(join(folder, 'none'))]).toEqual([3, false]);
  expect(await haicast(['send', 'Web', id, '--as', 'csv'], passphrase)).toMatchObject({ code: 2 });
  const listed = await haicast(['list']);
  expect(listed.stdout).toMatch(/Old +dimse +SMALL@127\.0\.0\.1/);
});
