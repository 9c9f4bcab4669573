import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { cellToPatient, pixelToPatient } from '#shared/study/geometry.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { ComposedApplication } from '../../../src/main/application.ts';
import { folderForAll } from '../../fixtures/temporary-folder.ts';
import { testdataRoot, withoutPublicFiles } from '../../fixtures/testdata.ts';
import { testApplication } from './test-application.ts';

vi.mock('node:crypto', async (original) => (await import('./cases/quick-crypto.ts')).quickCrypto(original));

const root = resolve(import.meta.dirname, '../../..');
const public_ = testdataRoot();

const folder = folderForAll();
let application: ComposedApplication;

const call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
  application.call(name, input) as Promise<ProcedureOutput<N>>;

beforeAll(async () => {
  await cp(join(root, 'test/fixtures/models/tiny'), join(folder, 'resources/models/tiny'), { recursive: true });
  application = await testApplication(folder, {
    passphrase: 'a passphrase for tests',
    providers: ['cpu'],
  });
});
afterAll(async () => {
  await application.close();
});

describe('the contract at its boundary', () => {
  it('refuses a procedure that does not exist, also one that every object has', async () => {
    for (const name of ['records.dump', 'constructor', '__proto__', 'toString']) {
      await expect(application.call(name, {})).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  it('refuses an input that does not fit and repeats none of it', async () => {
    const secret = 'ZHANG^SAN';
    const refused = application.call('study.open', { path: 7, jobId: secret.repeat(10) });
    await expect(refused).rejects.toMatchObject({ code: 'bad-input' });
    await refused.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain(secret));
  });

  it('keeps no case with a prediction that this application did not make', async () => {
    const draft = {
      openId: 'none',
      studyInstanceUID: '1.2',
      roles: [],
      lesions: [],
      factors: {},
      predictionId: 'forged',
    };
    await expect(application.call('cases.save', draft)).rejects.toThrow();
    expect((await call('cases.list', {})).total).toBe(0);
  });
});

describe('the audit log', () => {
  const actions = async () => (await call('audit.list', {})).entries.map(({ action }) => action);

  it('keeps that settings and the default model were changed, what was printed, and by whom', async () => {
    await call('settings.set', { theme: 'light' });
    await call('settings.set', { theme: 'light' });
    const [known] = (await call('models.list', {})).models;
    if (!known) throw new Error('no model');
    const { id, version } = known.manifest;
    await call('models.setDefault', { id });
    await call('cases.printed', { as: 'pdf' });
    const { entries } = await call('audit.list', { limit: 3 });
    expect(entries.map(({ action, actor, facts }) => [action, actor, ...facts])).toEqual([
      ['case.printed', 'Dr A', { name: 'as', value: 'pdf' }],
      ['model.default', 'Dr A', { name: 'model', value: `${id} ${version}` }],
      ['settings.changed', 'Dr A', { name: 'settings', value: 'theme dark → light' }],
    ]);
  });

  it('says who verified the history, and that nothing is new after it but that', async () => {
    const whole = await call('records.verify', { scope: 'whole', jobId: 'one' });
    expect(whole).toMatchObject({ intact: true, scope: 'whole' });
    expect((await actions())[0]).toBe('records.verified');
    const fresh = await call('records.verify', { scope: 'new', jobId: 'two' });
    expect(fresh).toMatchObject({ intact: true, scope: 'new', entries: 1, cases: 0 });
  });
});

describe.skipIf(!public_)(`a public study that is no liver MRI, roles given by hand${withoutPublicFiles}`, () => {
  let study: string;

  beforeAll(async () => {
    study = join(folder, 'study');
    await cp(join(public_ ?? '', 'prostatex_dynamic'), join(study, 'images'), { recursive: true });
    await mkdir(join(study, 'rubbish'));
    await writeFile(join(study, 'rubbish/empty.dcm'), '');
    await writeFile(join(study, 'rubbish/notes.txt'), 'no DICOM in here, only words');
    await writeFile(join(study, 'rubbish/cut.dcm'), Buffer.concat([Buffer.alloc(128), Buffer.from('DICM\x02\x00')]));
  });

  it('opens beside unreadable files, is predicted, kept, and comes back with the same numbers', async () => {
    const opened = await call('study.open', { path: study, jobId: 'open' });
    expect(opened.skipped.map(({ file }) => file).sort()).toEqual([
      'rubbish/cut.dcm',
      'rubbish/empty.dcm',
      'rubbish/notes.txt',
    ]);
    expect(opened.skipped.every(({ reason }) => reason.length > 10)).toBe(true);
    const [found] = opened.studies;
    if (!found) throw new Error('no study');
    expect(found.series).toHaveLength(4);

    const given = ['arterial', 'portal-venous', 'delayed', 't2'] as const;
    const at = '2026-03-14T09:00:00.000Z';
    const roles = given.map((role, index): RoleAssignment => {
      const series = found.series[index];
      if (!series) throw new Error('a series is missing');
      return { role, seriesId: series.id, origin: 'user', confirmedBy: 'Dr A', confirmedAt: at };
    });
    const [arterial] = roles;
    if (!arterial) throw new Error('no arterial series');
    const volume = await call('study.volume', { openId: opened.openId, seriesId: arterial.seriesId, jobId: 'volume' });
    const bytes = await application.bytes(volume.url);
    expect(bytes?.byteLength).toBe(volume.bytes);
    if (!volume.geometry) throw new Error('the series has no place');
    const [slices, rows, columns] = volume.shape;
    const centre = [Math.floor(slices / 2), rows / 2, columns / 2] as const;
    const ends = [-15, 15].map((offset) =>
      pixelToPatient(volume.geometry as NonNullable<typeof volume.geometry>, centre[0], centre[1], centre[2] + offset),
    );
    const lesion = {
      id: 'l1',
      label: 'L1',
      kind: 'target' as const,
      seriesId: arterial.seriesId,
      longAxis: [ends[0], ends[1]] as [[number, number, number], [number, number, number]],
    };
    const factors = { afp: { value: 412, unit: 'ng/mL' } };
    const prediction = await call('prediction.run', {
      jobId: 'predict',
      openId: opened.openId,
      studyInstanceUID: found.studyInstanceUID,
      roles,
      lesions: [lesion],
      factors,
    });

    const sum =
      prediction.bias +
      prediction.map.values.reduce((a, b) => a + b, 0) +
      prediction.clinicalContributions.reduce((a, b) => a + b.contribution, 0);
    expect(Math.abs(sum - prediction.logit)).toBeLessThan(1e-4);
    expect(prediction.probability).toBeCloseTo(1 / (1 + Math.exp(-prediction.logit)), 6);
    expect(prediction.warnings.map(({ code }) => code)).toContain('missing-role');
    // The map's middle is the middle of the lesion, in patient space.
    const { grid } = prediction.map;
    const middle = cellToPatient(grid, (grid.rows - 1) / 2, (grid.columns - 1) / 2);
    const [from, to] = lesion.longAxis;
    for (const axis of [0, 1, 2] as const) expect(middle[axis]).toBeCloseTo((from[axis] + to[axis]) / 2, 6);

    const other = { ...factors, afp: { value: 9, unit: 'ng/mL' } };
    await expect(
      call('cases.save', {
        openId: opened.openId,
        studyInstanceUID: found.studyInstanceUID,
        roles,
        lesions: [lesion],
        factors: other,
        predictionId: prediction.id,
      }),
    ).rejects.toMatchObject({ code: 'prediction-outdated' });

    const second = roles.find(({ role }) => role !== 'arterial');
    if (!second) throw new Error('no second series');
    const shift = { seriesId: second.seriesId, against: arterial.seriesId, mm: [0, 0, 4] as [number, number, number] };
    const shifts = [{ ...shift, by: 'Dr Example', at: '2026-02-01T10:00:00.000Z' }];
    const inputs = {
      openId: opened.openId,
      studyInstanceUID: found.studyInstanceUID,
      roles,
      lesions: [lesion],
      factors,
    };
    await expect(call('cases.save', { ...inputs, shifts, predictionId: prediction.id })).rejects.toMatchObject({
      code: 'prediction-outdated',
    });
    const moved = await call('prediction.run', { jobId: 'predict moved', ...inputs, shifts });
    const kept = await call('cases.save', { ...inputs, shifts, predictionId: moved.id, separate: true });
    expect(kept.shifts).toEqual(shifts);
    expect(kept.predictions[0]?.sample.shifts).toEqual(shifts);

    const saved = await call('cases.save', { ...inputs, predictionId: prediction.id, separate: true });
    expect(saved).not.toHaveProperty('shifts');
    await call('study.close', { openId: opened.openId });
    const again = await call('cases.open', { id: saved.id });
    expect(again.predictions).toEqual([prediction]);
    expect(again.roles).toEqual(roles);
    expect(again.lesions).toEqual([lesion]);
    const images = await call('cases.openImages', { id: saved.id, jobId: 'reopen' });
    expect(images.studies[0]?.series.map(({ id }) => id)).toEqual(found.series.map(({ id }) => id));
    const { entries } = await call('audit.list', { caseId: saved.id });
    expect(entries.map(({ action }) => action)).toEqual(['case.imagesOpened', 'case.opened', 'case.created']);
  });

  it('survives a killed inference process: the call is told, the next one works', async () => {
    const told: string[] = [];
    const stop = application.onEvent((name) => told.push(name));
    await call('models.selfTest', { id: 'tiny' }).catch(() => call('models.list', {}));
    const pid = application.workerPid('inference');
    if (pid === undefined) throw new Error('no inference process');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => told).toContain('worker.restarted');
    const { models } = await call('models.list', {});
    const [model] = models;
    if (!model) throw new Error('no model');
    const { figures, provider, tolerance } = await call('models.selfTest', { id: model.manifest.id });
    expect(figures.find((figure) => figure.provider === provider)?.largestError).toBeLessThanOrEqual(tolerance);
    stop();
  });
});
