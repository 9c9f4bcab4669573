import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { modelInputIds } from '#shared/clinical/model-inputs.ts';
import { AppError } from '#shared/errors.ts';
import { modelRoles, type SeriesRole } from '#shared/study/roles.ts';
import type { ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import { prepareCohort } from '../../../../src/main/cohort/prepare-cohort.ts';
import type { CohortStudies } from '../../../../src/main/cohort/prepare-patient.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { decoded, filledVolume, gaussian, stackGeometry } from '../study/sample/volumes.ts';

const series = (id: string, role: SeriesRole, confidence: number): ScannedSeries => ({
  id,
  seriesInstanceUID: id,
  description: '',
  modality: 'MR',
  instances: 9,
  rows: 48,
  columns: 48,
  facts: {},
  suggestion: { role, confidence, reasons: [] },
  notes: [],
});

const study: ScannedStudy = {
  studyInstanceUID: '1.2.3',
  patient: { patientName: '', patientId: '' },
  series: [...modelRoles.map((role) => series(role, role, 0.9)), series('doubtful', 'arterial', 0.4)],
  notes: [],
};

/** Studies by folder name: `good…` opens, `broken` throws, `crash` kills the worker once, `empty` holds nothing. */
const fakeStudies = () => {
  const open = new Set<string>();
  const log = { opened: [] as string[], mostOpen: 0 };
  let crashes = 1;
  const geometry = stackGeometry({
    middle: [0, 0, 0],
    rows: 48,
    columns: 48,
    rowSpacing: 3,
    columnSpacing: 3,
    gaps: Array(8).fill(5),
  });
  const studies: CohortStudies = {
    open: async ({ path }) => {
      const name = basename(path);
      log.opened.push(name);
      if (name === 'broken') throw new AppError('not-found', 'There is nothing at this place.');
      if (name === 'crash' && crashes-- > 0) throw new AppError('worker-died', 'It stopped.');
      open.add(name);
      log.mostOpen = Math.max(log.mostOpen, open.size);
      const found = name === 'empty' ? [] : [study];
      return { openId: name, name, studies: found, skipped: [], files: 54, elapsedMs: 1 };
    },
    close: async (openId) => {
      open.delete(openId);
    },
    volume: async (openId, seriesId) => {
      const shift = Number(openId.replace(/\D/g, '')) || 0;
      return decoded(filledVolume(geometry, 48, 48, gaussian([shift, 0, 0], 9)), seriesId);
    },
  };
  return { studies, open, log };
};

let folder: string;
beforeEach(async () => {
  folder = temporaryFolder();
});

const header = 'id,study,lesion_x,lesion_y,lesion_z,lesion_diameter_mm,afp,response,criterion';
const write = (...lines: string[]) => writeFile(join(folder, 'cohort.csv'), [header, ...lines, ''].join('\n'));

/** Reads an .npy file by its own header, independently of the writer. */
const readNpy = async (path: string) => {
  const bytes = await readFile(path);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  const start = 10 + bytes.readUInt16LE(8);
  expect(start % 64).toBe(0);
  const text = bytes.subarray(10, start).toString('latin1');
  const shape = (/'shape': \(([^)]*)\)/.exec(text)?.[1] ?? '')
    .split(',')
    .filter((n) => n.trim())
    .map(Number);
  const body = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length);
  const data = text.includes("'<f4'") ? new Float32Array(body) : new Float64Array(body);
  return { shape, data, text };
};

describe('prepareCohort', () => {
  it('writes tensors and manifest in the order of the table, and goes on past a bad patient', async () => {
    await write(
      'P1,good0,0,0,0,40,12,CR,mRECIST',
      'P2,broken,0,0,0,40,,PD,mRECIST',
      'P3,good6,0,0,0,40,,SD,mRECIST',
      'P4,good,0,0,0,40,much,SD,mRECIST',
      'P5,empty,0,0,0,40,,SD,mRECIST',
      'P6,good,0,0,500,40,,SD,mRECIST',
    );
    const { studies, open, log } = fakeStudies();
    const out = join(folder, 'out');
    const progress: number[][] = [];
    const manifest = await prepareCohort({
      cohort: folder,
      out,
      studies,
      appVersion: '0.1.0',
      onProgress: (_, done, total) => progress.push([done, total]),
    });

    expect(manifest.patients.map(({ index, id, response }) => [index, id, response])).toEqual([
      [0, 'P1', 'CR'],
      [1, 'P3', 'SD'],
    ]);
    expect(manifest.failed.map(({ line, id, code }) => [line, id, code])).toEqual([
      [3, 'P2', 'not-found'],
      [5, 'P4', 'cohort-cell'],
      [6, 'P5', 'no-study'],
      [7, 'P6', 'lesion-outside'],
    ]);
    expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(progress.at(-1)).toEqual([5, 5]);
    expect(open.size).toBe(0);
    expect(log.mostOpen).toBeLessThanOrEqual(2);

    const images = await readNpy(join(out, 'images.npy'));
    expect(images.shape).toEqual([2, 6, 128, 128]);
    expect(images.text).toContain("'descr': '<f4'");
    expect(images.data).toHaveLength(2 * 6 * 128 * 128);
    // The bright blob of P3 lies 6 mm to the patient's left: at column (63.5 + 6 / (84 / 128)).
    const row = images.data.slice(6 * 128 * 128 + 64 * 128, 6 * 128 * 128 + 65 * 128);
    // Clipping flattens its top: the middle of what is brightest.
    const brightest = (row.indexOf(Math.max(...row)) + row.lastIndexOf(Math.max(...row))) / 2;
    expect(Math.abs(brightest - 72.6)).toBeLessThan(1);

    const clinical = await readNpy(join(out, 'clinical.npy'));
    expect(clinical.shape).toEqual([2, modelInputIds.length]);
    const column = modelInputIds.indexOf('afp');
    expect(clinical.data[column]).toBe(12);
    expect(clinical.data[modelInputIds.length + column]).toBeNaN();
    expect(manifest.clinical.inputs[column]).toEqual({ id: 'afp', unit: 'ng/mL' });
  });

  it.skipIf(process.platform === 'win32')('writes for its owner alone (left out: Windows has no modes)', async () => {
    await write('P1,good0,0,0,0,40,12,CR,mRECIST');
    const out = join(folder, 'out');
    await prepareCohort({ cohort: folder, out, studies: fakeStudies().studies, appVersion: '0.1.0' });
    const names = ['.', 'images.npy', 'clinical.npy', 'manifest.json'];
    const modes = await Promise.all(names.map(async (name) => (await stat(join(out, name))).mode & 0o077));
    expect(modes).toEqual([0, 0, 0, 0]);
  });

  it('gives the same bytes every time', async () => {
    await write('P1,good0,0,0,0,40,12,CR,mRECIST', 'P2,good3,0,0,0,55,,CR,mRECIST', 'P3,good9,0,0,0,90,,CR,mRECIST');
    const bytes = async (out: string, concurrency: number) => {
      await prepareCohort({ cohort: folder, out, studies: fakeStudies().studies, appVersion: '0', concurrency });
      return Promise.all(['images.npy', 'clinical.npy', 'manifest.json'].map((name) => readFile(join(out, name))));
    };
    expect(await bytes(join(folder, 'a'), 1)).toEqual(await bytes(join(folder, 'b'), 3));
  });

  it('tries a patient again whose neighbour took the worker down', async () => {
    await write('P1,crash,0,0,0,40,,CR,mRECIST');
    const { studies, log } = fakeStudies();
    const manifest = await prepareCohort({ cohort: folder, out: join(folder, 'out'), studies, appVersion: '0' });
    expect(log.opened).toEqual(['crash', 'crash']);
    expect(manifest.patients).toHaveLength(1);
  });

  it('leaves nothing that looks whole when it is cancelled', async () => {
    await write('P1,good0,0,0,0,40,,CR,mRECIST', 'P2,good1,0,0,0,40,,CR,mRECIST', 'P3,good2,0,0,0,40,,CR,mRECIST');
    const controller = new AbortController();
    const out = join(folder, 'out');
    const run = prepareCohort({
      cohort: folder,
      out,
      studies: fakeStudies().studies,
      appVersion: '0',
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toThrow();
    await expect(readFile(join(out, 'manifest.json'))).rejects.toThrow('ENOENT');
    await expect(readFile(join(out, 'images.npy'))).rejects.toThrow('ENOENT');
  });

  it('says what is wrong when no table is there or nobody could be prepared', async () => {
    const base = { cohort: folder, out: join(folder, 'out'), studies: fakeStudies().studies, appVersion: '0' };
    await expect(prepareCohort(base)).rejects.toThrow(expect.objectContaining({ code: 'cohort-missing' }));
    await write('P1,broken,0,0,0,40,,CR,mRECIST');
    await expect(prepareCohort(base)).rejects.toThrow('First reason: There is nothing at this place.');
  });
});
