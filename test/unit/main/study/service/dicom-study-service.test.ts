import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { volumeBytes } from '../../../../../src/main/procedures/study.ts';
import { DicomStudyService } from '../../../../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../../../../src/main/workers/client.ts';
import type { DiskAccess } from '../../../../../src/main/workers/connection.ts';
import { forkWorkers } from '../../../../../src/main/workers/fork.ts';
import { dicomFile, type ElementSpec, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { dicomdir } from '../../../../fixtures/dicom/write-dicomdir.ts';
import { folderForAll, temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

const entry = resolve(import.meta.dirname, '../../../../../src/main/study/worker.ts');
const restarts: string[] = [];
const spawn = forkWorkers({ dicom: entry, inference: entry, report: entry });
const service = new DicomStudyService(
  (access) => new WorkerClient('dicom', spawn, (kind) => restarts.push(kind), access),
);
/** The process of what was opened last. */
const lastProcess = (): number => {
  const pid = service.processIds.at(-1);
  if (pid === undefined) throw new Error('the worker is not running');
  return pid;
};

const folder = folderForAll();
beforeAll(() => {
  mkdirSync(join(folder, 'series'));
  for (let instance = 1; instance <= 3; instance++) {
    const pixels = new Uint8Array(new Uint16Array(24).fill(instance * 100).buffer);
    writeFileSync(join(folder, 'series', `IM${instance}`), dicomFile(mrElements({ instance, pixels })));
  }
  writeFileSync(join(folder, 'notes.txt'), 'nothing');
});
afterAll(() => {
  service.closeAll();
});

const openFolder = async () => {
  const opened = await service.open({ kind: 'path', path: folder });
  const seriesId = opened.studies[0]?.series[0]?.id ?? '';
  return { opened, seriesId };
};

describe('DicomStudyService', { timeout: 30_000 }, () => {
  it('opens a folder in the worker process and decodes its series', async () => {
    const { opened, seriesId } = await openFolder();
    expect(opened).toMatchObject({ files: 4, name: folder.split('/').at(-1) });
    expect(opened.skipped).toEqual([expect.objectContaining({ file: 'notes.txt', code: 'not-dicom' })]);
    expect(service.source(opened.openId)).toEqual({ kind: 'path', path: folder });
    expect(service.opened(opened.openId)).toBe(opened);
    expect(service.study(opened.openId, '1.2.3.1').series).toHaveLength(1);
    const volume = await service.volume(opened.openId, seriesId);
    expect(volume.info.shape).toEqual([3, 4, 6]);
    expect([volume.data[0], volume.data[24], volume.data[48]]).toEqual([100, 200, 300]);
    // Of the whole that is there now, and of a study of which nothing was decoded.
    const other = await openFolder();
    for (const openId of [opened.openId, other.opened.openId]) {
      const middle = await service.slice(openId, seriesId, undefined);
      expect([middle.slice, ...new Set(middle.data)]).toEqual([1, 200]);
      const path = `/volumes/${openId}/${encodeURIComponent(seriesId)}`;
      expect(await volumeBytes(service, `${path}/2`)).toEqual(new Uint8Array(new Uint16Array(24).fill(300).buffer));
      expect(await volumeBytes(service, path)).toHaveLength(2 * 3 * 24);
      await expect(volumeBytes(service, `${path}/3`)).rejects.toMatchObject({ code: 'no-image' });
      expect(await volumeBytes(service, `${path}/x`)).toBeUndefined();
    }
    expect(lastProcess()).not.toBe(process.pid);
  });

  it('reads the folder of a DICOMDIR that was chosen, and nothing but the file where that is none', async () => {
    const disc = temporaryFolder();
    writeFileSync(join(disc, 'IM1'), dicomFile(mrElements({ instance: 1, pixels: new Uint8Array(48) })));
    writeFileSync(join(disc, 'INDEX'), dicomdir(['IM1']));
    const access = vi.fn<(access: DiskAccess) => void>();
    const watched = new DicomStudyService((given) => {
      access(given);
      return new WorkerClient('dicom', spawn, () => undefined, given);
    });
    const opened = await watched.open({ kind: 'path', path: join(disc, 'INDEX') });
    expect(opened).toMatchObject({ name: 'INDEX', files: 1 });
    const seriesId = opened.studies[0]?.series[0]?.id ?? '';
    expect((await watched.volume(opened.openId, seriesId)).info.shape).toEqual([1, 4, 6]);
    await watched.open({ kind: 'path', path: join(disc, 'IM1') });
    expect(access.mock.calls.flat().map(({ read }) => read)).toEqual([
      [join(disc, 'INDEX')],
      [disc],
      [join(disc, 'IM1')],
    ]);
    watched.closeAll();
  });

  it.each<[string, [number, number, number], number, string[]]>([
    ['use more bits than BitsStored', [16, 12, 11], 5000, ['values-beyond-bits-stored']],
    ['end at another HighBit', [16, 12, 15], 5 << 4, ['high-bit']],
    ['keep to the header', [16, 12, 11], 500, []],
  ])('says of a series at the scan, and in its volume, that its pixels %s', async (_what, bits, value, codes) => {
    const odd = temporaryFolder();
    for (const instance of [1, 2, 3]) {
      const pixels = new Uint8Array(new Uint16Array(24).fill(value).buffer);
      writeFileSync(join(odd, `${instance}`), dicomFile(mrElements({ instance, bits, pixels })));
    }
    const { studies, openId } = await service.open({ kind: 'path', path: odd });
    const [series] = studies[0]?.series ?? [];
    const said = series?.notes.map(({ code }) => code).filter((code) => /bit/.test(code));
    expect(said).toEqual(codes);
    const { info } = await service.volume(openId, series?.id ?? '');
    expect(info.notes?.map(({ code }) => code) ?? []).toEqual(codes.filter((code) => code.startsWith('values')));
    await service.close(openId);
  });

  it('refuses to choose between two patients that share one StudyInstanceUID', async () => {
    const mixed = temporaryFolder();
    for (const patient of ['A', 'B']) {
      const elements = mrElements({ instance: patient === 'A' ? 1 : 2, pixels: new Uint8Array(48) });
      const own = elements.map(
        (element): ElementSpec => (element[0] === '0010,0020' ? ['0010,0020', 'LO', patient] : element),
      );
      writeFileSync(join(mixed, patient), dicomFile(own));
    }
    const opened = await service.open({ kind: 'path', path: mixed });
    expect(opened.studies.map(({ patient }) => patient.patientId).sort()).toEqual(['A', 'B']);
    expect(() => service.study(opened.openId, '1.2.3.1')).toThrow(expect.objectContaining({ code: 'patients-mixed' }));
  });

  it('decodes a series once for two callers and keeps it for the next', async () => {
    const { opened, seriesId } = await openFolder();
    const calls = vi.spyOn(WorkerClient.prototype, 'call');
    const [a, b] = await Promise.all([
      service.volume(opened.openId, seriesId),
      service.volume(opened.openId, seriesId),
    ]);
    expect(a).toBe(b);
    expect(await service.volume(opened.openId, seriesId)).toBe(a);
    expect(calls.mock.calls.filter(([method]) => method === 'decode')).toHaveLength(1);
    calls.mockRestore();
  });

  it('opens the input again under the same handle when the worker died', async () => {
    const { opened, seriesId } = await openFolder();
    const pid = lastProcess();
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => restarts.length > 0, { timeout: 30_000 });
    const volume = await service.volume(opened.openId, seriesId);
    expect(volume.data[0]).toBe(100);
    expect(service.processIds).not.toContain(pid);
    expect((await service.tags(opened.openId, seriesId, 0)).tags.length).toBeGreaterThan(10);
  });

  it('opens it again once for all who ask, and cancels no copy with it', async () => {
    const many = temporaryFolder();
    for (let series = 1; series <= 7; series++) {
      for (let instance = 1; instance <= 2; instance++) {
        const own: Record<string, string> = {
          '0008,0018': `1.2.3.7.${series}.${instance}`,
          '0020,000E': `1.2.3.7.${series}`,
        };
        const elements = mrElements({ instance }).map(([tag, vr, value]): ElementSpec => [tag, vr, own[tag] ?? value]);
        writeFileSync(join(many, `IM${series}-${instance}`), dicomFile(elements));
      }
    }
    const { openId, studies } = await service.open({ kind: 'path', path: many });
    const seriesIds = studies.flatMap(({ series }) => series.map(({ id }) => id));
    expect(seriesIds).toHaveLength(7);
    const before = restarts.length;
    process.kill(lastProcess(), 'SIGKILL');
    await vi.waitUntil(() => restarts.length > before);

    const calls = vi.spyOn(WorkerClient.prototype, 'call');
    const secret = { key: Buffer.alloc(32, 1), options: defaultOptions };
    const copy = { openId, seriesIds, checkedSeriesIds: [], folder: join(many, 'copy'), ...secret };
    const [exported, ...volumes] = await Promise.all([
      service.exportDeidentified(copy),
      ...seriesIds.map((seriesId) => service.volume(openId, seriesId)),
    ]);
    expect(exported.written).toBe(14);
    expect(volumes.map(({ info }) => info.shape)).toEqual(seriesIds.map(() => [2, 4, 6]));
    expect(calls.mock.calls.filter(([method]) => method === 'reopen')).toHaveLength(1);
    calls.mockRestore();
  });

  it('keeps nothing open where nothing was found, nor of what was cancelled', async () => {
    const empty = temporaryFolder();
    writeFileSync(join(empty, 'letter.txt'), 'no image');
    const before = service.processIds;
    const found = await service.open({ kind: 'path', path: empty });
    expect(found).toMatchObject({ studies: [], files: 1 });
    expect(service.opened(found.openId)).toBeUndefined();
    expect(service.processIds).toEqual(before);

    const abort = new AbortController();
    const cancelled = service.open(
      { kind: 'path', path: folder },
      { signal: abort.signal, onProgress: () => abort.abort() },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(service.processIds).toEqual(before);
  });

  it('lists the tags of the image at a place in the stack', async () => {
    const { opened, seriesId } = await openFolder();
    const { file, tags } = await service.tags(opened.openId, seriesId, 2);
    expect(file).toBe('series/IM3');
    expect(tags.find(({ keyword }) => keyword === 'InstanceNumber')?.value).toBe('3');
    await expect(service.tags(opened.openId, seriesId, 99)).rejects.toMatchObject({ code: 'no-image' });
  });

  it('shows and writes a de-identified copy', async () => {
    const { opened, seriesId } = await openFolder();
    const secret = { key: Buffer.alloc(32, 1), options: defaultOptions };
    const preview = await service.previewDeidentified({ openId: opened.openId, seriesId, index: 0, ...secret });
    expect(preview.lines.find(({ keyword }) => keyword === 'PatientID')).toMatchObject({
      action: 'pseudonym',
      before: 'ID 1',
    });
    expect(preview.methods.map(({ value }) => value)).toContain('113100');
    const copy = join(folder, 'copy');
    const result = await service.exportDeidentified({
      openId: opened.openId,
      seriesIds: [seriesId],
      checkedSeriesIds: [],
      folder: copy,
      ...secret,
    });
    expect(result).toEqual({ written: 3, skipped: [], warnings: [] });
    const reopened = await service.open({ kind: 'path', path: copy });
    expect(reopened.studies[0]?.patient.patientName).toMatch(/^HC-/);
    expect(reopened.studies[0]?.series[0]?.instances).toBe(3);
    rmSync(copy, { recursive: true });
  });

  it('takes back a copy whose study is closed meanwhile, and closes it then', async () => {
    const { opened, seriesId } = await openFolder();
    const copy = join(folder, 'closed');
    const { openId } = opened;
    const secret = { key: Buffer.alloc(32, 1), options: defaultOptions };
    const request = { openId, seriesIds: [seriesId], checkedSeriesIds: [], folder: copy, ...secret };
    const exporting = service.exportDeidentified(request);
    const closing = service.close(openId);
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    await closing;
    expect(existsSync(copy)).toBe(false);
  });

  it('looks at every image for text in its picture, not at the first alone', async () => {
    const source = join(folder, 'captured');
    mkdirSync(source);
    for (let instance = 1; instance <= 3; instance++) {
      const extra: ElementSpec[] = [
        ['0008,0018', 'UI', `1.2.3.9.${instance}`],
        ['0020,000E', 'UI', '1.2.3.9'],
        ['0028,0301', 'CS', instance === 2 ? 'YES' : 'NO'],
      ];
      writeFileSync(join(source, `IM${instance}`), dicomFile(mrElements({ instance, extra })));
    }
    const { openId, studies } = await service.open({ kind: 'path', path: source });
    const seriesIds = studies.flatMap(({ series }) => series.map(({ id }) => id));
    const secret = { key: Buffer.alloc(32, 1), options: defaultOptions };
    const exported = (checkedSeriesIds: string[], name: string) =>
      service.exportDeidentified({ openId, seriesIds, checkedSeriesIds, folder: join(source, name), ...secret });

    const gated = await exported([], 'gated');
    expect(gated.written).toBe(2);
    expect(gated.skipped).toMatchObject([{ file: 'IM2', code: 'picture-not-checked' }]);
    expect(gated.unchecked).toMatchObject([{ seriesId: seriesIds[0], warnings: [{ code: 'burned-in' }] }]);
    const whole = await exported(seriesIds, 'whole');
    expect(whole).toMatchObject({ written: 3, skipped: [], warnings: [{ code: 'burned-in', images: 1 }] });
    expect(whole.unchecked).toBeUndefined();
    rmSync(source, { recursive: true });
  });

  it('forgets what was closed', async () => {
    const { opened, seriesId } = await openFolder();
    await service.volume(opened.openId, seriesId);
    const pid = lastProcess();
    const asked = service.tags(opened.openId, seriesId, 0);
    await service.close(opened.openId);
    await expect(asked).rejects.toMatchObject({ code: 'not-open' });
    expect(service.processIds).not.toContain(pid);
    expect(() => service.source(opened.openId)).toThrow(expect.objectContaining({ code: 'not-open' }));
    await expect(service.volume(opened.openId, seriesId)).rejects.toMatchObject({ code: 'not-open' });
    expect(service.opened(opened.openId)).toBeUndefined();
  });

  it('says when a series or study is not part of what is open', async () => {
    const { opened } = await openFolder();
    await expect(service.volume(opened.openId, 'other')).rejects.toMatchObject({ code: 'no-series' });
    expect(() => service.study(opened.openId, 'other')).toThrow(expect.objectContaining({ code: 'no-study' }));
  });

  it('tells progress and can be cancelled', async () => {
    const phases = new Set<string>();
    await service.open({ kind: 'path', path: folder }, { onProgress: (phase) => phases.add(phase) });
    expect([...phases]).toEqual(['scan']);
    const aborted = service.open({ kind: 'path', path: folder }, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toThrow();
  });
});
