import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { defaultOptions } from '#shared/study/deidentify.ts';
import type { ComposedApplication } from '../../../../src/main/application.ts';
import { ExportFolders } from '../../../../src/main/hosts/electron/folders/export-folders.ts';
import { dataset, type ElementSpec, mrElements, preamble } from '../../../fixtures/dicom/write-dicom.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { testApplication } from '../test-application.ts';

const planted = ['Quillfeather', 'PLANT4711', 'ACC99887766', '1.2.826.0.1.99999.424242'];
const [family = '', patientId = '', accession = '', uid = ''] = planted;
const COUNT = 12;

const folder = folderForAll();
let application: ComposedApplication;
const folders = new ExportFolders();
const call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
  application.call(name, input) as Promise<ProcedureOutput<N>>;

const image = (instance: number): Buffer => {
  const extra: ElementSpec[] = [
    ['0008,0018', 'UI', `${uid}.${instance}`],
    ['0008,0050', 'SH', accession],
    ['0009,0010', 'LO', `SECRET ${family}`],
    ['0009,1001', 'LO', family],
    ['0010,0010', 'PN', `${family}^B`],
    ['0010,0020', 'LO', patientId],
    ['0028,0301', 'CS', 'YES'],
  ];
  const file = Buffer.concat([preamble('1.2.840.10008.1.2.1'), dataset(mrElements({ instance, extra }), {})]);
  file.write(family, 10, 'latin1');
  return file;
};

beforeAll(async () => {
  mkdirSync(join(folder, family));
  for (let n = 1; n <= COUNT; n++) writeFileSync(join(folder, family, `${family}${n}`), image(n));
  application = await testApplication(folder, {
    resolveDestination: (id) => folders.take(id),
  });
});
afterAll(async () => {
  await application.close();
});

const open = async () => {
  const { openId, studies } = await call('study.open', { path: join(folder, family), jobId: 'open' });
  return { openId, seriesIds: studies.flatMap(({ series }) => series.map(({ id }) => id)) };
};

const everything = (out: string): { names: string[]; bytes: string } => {
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.dcm'));
  return { names, bytes: files.map((name) => readFileSync(join(out, name)).toString('latin1')).join('\n') };
};

describe('a de-identified copy by the contract', { timeout: 60_000 }, () => {
  it('is shown first, and holds then what was shown and none of the planted identifiers', async () => {
    const { openId, seriesIds } = await open();
    const [seriesId = ''] = seriesIds;
    const common = { openId, options: defaultOptions, linking: 'none' as const };
    const preview = await call('study.previewDeidentified', { ...common, seriesId, index: 0 });
    expect(preview.lines.find(({ keyword }) => keyword === 'PatientID')).toMatchObject({
      before: patientId,
      after: preview.pseudonym,
      reason: { code: 'profile-pseudonym' },
    });
    expect(preview.lines.find(({ tag }) => tag === '(0008,0005)')).toMatchObject({
      action: 'declare',
      after: 'ISO_IR 192',
    });
    expect(preview.lines.at(-1)).toMatchObject({ keyword: 'PixelData', action: 'keep' });
    expect(preview.warnings.map(({ code }) => code)).toEqual(['burned-in']);

    const out = join(folder, 'out');
    const destination = folders.grant(out);
    const exporting = { ...common, seriesIds, checkedSeriesIds: seriesIds, destination, jobId: 'export' };
    const result = await call('study.exportDeidentified', exporting);
    expect(result).toMatchObject({ written: COUNT, skipped: [], warnings: [{ code: 'burned-in', images: COUNT }] });
    const { names, bytes } = everything(out);
    expect(names.filter((name) => planted.some((text) => name.includes(text)))).toEqual([]);
    expect(planted.filter((text) => bytes.includes(text))).toEqual([]);
    expect(bytes).toContain(preview.pseudonym);
    // The choice of a folder is good for one copy.
    await expect(call('study.exportDeidentified', exporting)).rejects.toMatchObject({ code: 'destination-unknown' });
    // And its key is gone.
    const next = await call('study.previewDeidentified', { ...common, seriesId, index: 0 });
    expect(next.pseudonym).not.toBe(preview.pseudonym);
  });

  it('holds no picture that may show a name before somebody says that it was looked at', async () => {
    const { openId, seriesIds } = await open();
    const out = join(folder, 'unchecked');
    const result = await call('study.exportDeidentified', {
      openId,
      seriesIds,
      checkedSeriesIds: [],
      destination: folders.grant(out),
      options: defaultOptions,
      linking: 'none',
      jobId: 'unchecked',
    });
    expect(result).toMatchObject({ written: 0, warnings: [] });
    expect(result.skipped.map(({ code }) => code)).toEqual(Array(COUNT).fill('picture-not-checked'));
    expect(result.unchecked).toEqual([
      { seriesId: seriesIds[0], warnings: [expect.objectContaining({ code: 'burned-in' })] },
    ]);
    expect(everything(out).names).toEqual([]);
  });

  it('is taken back where the application quits in its midst', async () => {
    const quitting = await testApplication(folder, {
      dataFolder: join(folder, 'quitting'),
      resolveDestination: (id) => folders.take(id),
    });
    const opened = (await quitting.call('study.open', {
      path: join(folder, family),
      jobId: 'open',
    })) as ProcedureOutput<'study.open'>;
    const seriesIds = opened.studies.flatMap(({ series }) => series.map(({ id }) => id));
    const out = join(folder, 'cut-short');
    const begun = new Promise<void>((resolve) => {
      quitting.onEvent((name) => {
        if (name === 'job.progress') resolve();
      });
    });
    const exporting = quitting
      .call('study.exportDeidentified', {
        openId: opened.openId,
        seriesIds,
        checkedSeriesIds: seriesIds,
        destination: folders.grant(out),
        options: defaultOptions,
        linking: 'none',
        jobId: 'cut-short',
      })
      .then(
        () => 'written',
        (error: { code?: unknown }) => error.code,
      );
    await begun;
    await quitting.close();
    // Fast enough to be whole before it is cancelled, or nothing at all.
    const outcome = await exporting;
    expect(['written', 'cancelled']).toContain(outcome);
    const whole = outcome === 'written';
    expect(existsSync(out) ? everything(out).names.filter((name) => name.endsWith('.dcm')) : []).toHaveLength(
      whole ? COUNT : 0,
    );
  });

  it('goes nowhere that nobody chose', async () => {
    const { openId, seriesIds } = await open();
    const out = join(folder, 'never');
    const asked = {
      openId,
      seriesIds,
      checkedSeriesIds: seriesIds,
      destination: out,
      options: defaultOptions,
      linking: 'none' as const,
      jobId: 'x',
    };
    await expect(call('study.exportDeidentified', asked)).rejects.toMatchObject({ code: 'destination-unknown' });
    expect(existsSync(out)).toBe(false);
  });

  it('leaves nothing where it is cancelled, by the time that is said', async () => {
    const { openId, seriesIds } = await open();
    const out = join(folder, 'cancelled');
    const stop = application.onEvent((name, payload) => {
      const { jobId } = payload as { jobId?: string };
      if (name === 'job.progress' && jobId === 'stopped') void call('job.cancel', { jobId });
    });
    const asked = {
      openId,
      seriesIds,
      checkedSeriesIds: seriesIds,
      destination: folders.grant(out),
      options: defaultOptions,
      linking: 'none' as const,
    };
    await expect(call('study.exportDeidentified', { ...asked, jobId: 'stopped' })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(existsSync(out)).toBe(false);
    stop();
  });

  it('joins later copies only through the records, which must be open', async () => {
    const { openId, seriesIds } = await open();
    const [seriesId = ''] = seriesIds;
    const asked = { openId, seriesId, index: 0, options: defaultOptions, linking: 'site' as const };
    await expect(call('study.previewDeidentified', asked)).rejects.toMatchObject({ code: 'records-locked' });
    await call('records.create', { passphrase: 'a passphrase for tests' });
    const first = await call('study.previewDeidentified', asked);
    const again = await call('study.previewDeidentified', { ...asked, openId: (await open()).openId });
    expect(again.pseudonym).toBe(first.pseudonym);
  });

  it('is in the audit log, with counts and choices and nothing of the patient', async () => {
    if ((await call('records.status', {})).state !== 'open') {
      await call('records.create', { passphrase: 'a passphrase for tests' });
    }
    const logged = async () => (await call('audit.list', { action: 'study.exported' })).entries;
    const before = (await logged()).length;
    const { openId, seriesIds } = await open();
    await call('study.exportDeidentified', {
      openId,
      seriesIds,
      checkedSeriesIds: seriesIds,
      destination: folders.grant(join(folder, 'logged')),
      options: defaultOptions,
      linking: 'none',
      jobId: 'logged',
    });
    const entries = await logged();
    expect(entries).toHaveLength(before + 1);
    expect(entries[0]?.actor).toBe('Dr A');
    const facts = new Map(entries[0]?.facts.map(({ name, value }) => [name, value]));
    expect(facts.get('series')).toBe(seriesIds.length);
    expect(facts.get('written')).toBe(COUNT);
    expect(planted.filter((text) => JSON.stringify(entries).includes(text))).toEqual([]);
  });
});
