import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import type { DiskAccess, WorkerKind } from '../../../../src/main/workers/connection.ts';
import { forkWorkers } from '../../../../src/main/workers/fork.ts';
import { workerEntries } from '../../../../src/main/workers/program-files.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';

const echo = resolve(import.meta.dirname, 'echo-worker.ts');
const real = workerEntries();

let folder: string;
let study: string;
let outside: string;
let client: WorkerClient | undefined;
const start = (
  access: DiskAccess,
  kind: WorkerKind = 'dicom',
  entries = { dicom: echo, inference: echo, report: echo },
) => {
  client = new WorkerClient(kind, forkWorkers(entries), () => undefined, access);
  return client;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'haicast permissions, "1" '));
  study = join(folder, 'study');
  outside = join(folder, 'study of another');
  for (const [index, place] of [study, outside].entries()) {
    mkdirSync(place);
    writeFileSync(join(place, 'IM1'), dicomFile(mrElements({ instance: index + 1 })));
  }
  symlinkSync(study, join(folder, 'link'));
});
afterEach(() => client?.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const denied = { detail: expect.stringContaining('Access to this API has been restricted') };

describe.each<WorkerKind>(['dicom', 'inference', 'report'])('the %s process', (kind) => {
  it('reads what it was given, also by a link, and nothing beside it', async () => {
    const worker = start({ read: [study] }, kind);
    expect(await worker.call('read', join(study, 'IM1'))).toContain('DICM');
    await expect(worker.call('read', join(outside, 'IM1'))).rejects.toMatchObject(denied);
    await expect(worker.call('read', '/etc/passwd')).rejects.toMatchObject(denied);
    worker.close();
    const linked = start({ read: [join(folder, 'link')] }, kind);
    expect(await linked.call('read', join(folder, 'link', 'IM1'))).toContain('DICM');
    expect(await linked.call('read', join(study, 'IM1'))).toContain('DICM');
  });

  it('writes nowhere, starts no program and no thread', async () => {
    const worker = start({ read: [study] }, kind);
    await expect(worker.call('write', join(study, 'new'))).rejects.toMatchObject(denied);
    await expect(worker.call('spawn', {})).rejects.toMatchObject(denied);
    await expect(worker.call('thread', {})).rejects.toMatchObject(denied);
    expect(existsSync(join(study, 'new'))).toBe(false);
  });

  it('shows no path of a study to others on this computer (left out: only on Linux)', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux has a list of processes as files');
    const worker = start({ read: [study] }, kind);
    const pid = await worker.call<number>('pid', {});
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    expect(commandLine).toContain('echo-worker.ts');
    expect(commandLine).not.toContain(folder);
  });
});

it('may write where a copy goes, into a folder that is made for it, and not beside it', async () => {
  const copy = join(folder, 'copy');
  const worker = start({ read: [study], write: [copy] }, 'dicom', real);
  const params = {
    openId: 'a',
    exportId: 'e',
    checkedSeriesIds: [],
    key: Buffer.alloc(32, 1),
    options: defaultOptions,
  };
  const { studies } = await worker.call<{ studies: { series: { id: string }[] }[] }>('open', {
    openId: 'a',
    path: study,
  });
  const seriesIds = studies.flatMap(({ series }) => series.map(({ id }) => id));
  const exported = (to: string) => worker.call('exportDeidentified', { ...params, seriesIds, folder: to });
  expect(await exported(copy)).toMatchObject({ written: 1 });
  await expect(exported(join(folder, 'copy of another'))).rejects.toMatchObject({
    code: 'cannot-write',
    detail: 'ERR_ACCESS_DENIED',
  });
  expect(existsSync(join(folder, 'copy of another'))).toBe(false);
});

it.skipIf(process.platform === 'win32')(
  'refuses a path with a star, which would let in its neighbours, and opens it from above (left out on Windows)',
  async () => {
    const above = join(folder, 'above');
    const starred = join(above, 'T2*');
    for (const name of [starred, join(above, 'T2 of another')]) mkdirSync(name, { recursive: true });
    writeFileSync(join(starred, 'IM1'), dicomFile(mrElements({ instance: 1 })));
    const refused = { code: 'path-with-star' };
    symlinkSync(starred, join(above, 'link'));
    for (const read of [starred, join(above, 'link')]) {
      await expect(
        start({ read: [read] }, 'dicom', real).call('open', { openId: 'a', path: read }),
      ).rejects.toMatchObject(refused);
    }
    const writing = start({ read: [study], write: [join(folder, 'copy*')] }, 'dicom', real);
    await expect(writing.call('open', { openId: 'a', path: study })).rejects.toMatchObject(refused);
    const worker = start({ read: [above] }, 'dicom', real);
    expect(await worker.call('open', { openId: 'a', path: above })).toMatchObject({
      studies: [expect.objectContaining({})],
    });
  },
);

it('opens no study but its own, in the real process', async () => {
  const worker = start({ read: [study] }, 'dicom', real);
  expect(await worker.call('open', { openId: 'a', path: study })).toMatchObject({ files: 1 });
  await expect(worker.call('open', { openId: 'b', path: outside })).rejects.toMatchObject({
    code: 'cannot-open',
    detail: 'ERR_ACCESS_DENIED',
  });
});
