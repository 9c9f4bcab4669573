import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { type ModelManifest, modelManifestSchema } from '#shared/model/manifest.ts';
import { installModel } from '../../../../src/main/inference/install-model.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import type { InferenceWorker } from '../../../../src/main/inference/model-runner.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fixtureModels, realWorker } from './support.ts';

let worker: ReturnType<typeof realWorker>;
beforeAll(() => {
  worker = realWorker();
});
afterAll(() => worker.client.close());

let data: string;
let builtInFolder: string;
let installedFolder: string;
beforeEach(async () => {
  data = temporaryFolder();
  builtInFolder = join(data, 'built-in');
  installedFolder = join(data, 'installed');
  await cp(join(fixtureModels, 'tiny'), join(builtInFolder, 'tiny'), { recursive: true });
});

const library = () => new ModelLibrary({ builtInFolder, installedFolder, worker: worker.client, providers: ['cpu'] });

/** Installs a copy of the tiny package under another id, changed. */
const install = async (name: string, change: (manifest: ModelManifest) => void) => {
  const folder = join(installedFolder, name);
  await cp(join(fixtureModels, 'tiny'), folder, { recursive: true });
  const path = join(folder, 'model.json');
  const manifest = modelManifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  manifest.id = name;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
  return folder;
};

describe('ModelLibrary', () => {
  it('lists built-in and installed packages; the built-in one is the default', async () => {
    await install('hospital', () => undefined);
    const models = library();
    const { models: found, rejected } = await models.list();
    expect(found.map(({ manifest, origin, isDefault }) => [manifest.id, origin, isDefault])).toEqual([
      ['test-tiny', 'built-in', true],
      ['hospital', 'installed', false],
    ]);
    expect(rejected).toEqual([]);
    expect((await models.get()).manifest.id).toBe('test-tiny');
    expect((await models.get('hospital')).manifest.id).toBe('hospital');
    expect(await models.card('hospital')).toContain('# Test package tiny');
    await expect(models.get('other')).rejects.toThrow(expect.objectContaining({ code: 'model-unknown' }));
  });

  it('uses only weights that the administrator has allowed, built-in ones too, and says so of the others', async () => {
    const one = library();
    const { weights } = (await one.get()).manifest;
    const options = { builtInFolder, installedFolder, worker: worker.client, providers: ['cpu'] };
    const allowed = new ModelLibrary({ ...options, allowed: [weights.sha256] });
    expect((await allowed.list()).models).toHaveLength(1);
    const none = new ModelLibrary({ ...options, allowed: ['0'.repeat(64)] });
    expect(await none.list()).toMatchObject({
      models: [],
      rejected: [{ folder: 'tiny', reason: expect.stringContaining('has not allowed') }],
    });
    await expect(installModel(join(fixtureModels, 'tiny'), none)).rejects.toMatchObject({ code: 'model-refused' });
  });

  it('takes the model that the user made the default, and the first one where that is gone', async () => {
    await install('hospital', () => undefined);
    const choosing = (preferred: string) =>
      new ModelLibrary({
        builtInFolder,
        installedFolder,
        worker: worker.client,
        providers: ['cpu'],
        preferred: () => preferred,
      });
    expect((await choosing('hospital').get()).manifest.id).toBe('hospital');
    expect((await choosing('hospital').list()).models.map(({ isDefault }) => isDefault)).toEqual([false, true]);
    expect((await choosing('gone').get()).manifest.id).toBe('test-tiny');
  });

  /** The real process, whose first `deaths` calls end as if it had been killed meanwhile. */
  const dying = (deaths: number): InferenceWorker => ({
    call: async (...call) => {
      if (deaths-- > 0) throw new AppError('worker-died', 'It stopped.');
      return await worker.client.call(...call);
    },
  });

  it('refuses no package for one death of the process while it is listed, and for two says so until it is looked at again', async () => {
    const of = (process: InferenceWorker) =>
      new ModelLibrary({ builtInFolder, installedFolder, worker: process, providers: ['cpu'] });
    expect((await of(dying(1)).list()).rejected).toEqual([]);
    const models = of(dying(2));
    expect((await models.list()).rejected).toEqual([
      { folder: 'tiny', reason: expect.stringContaining('ended the inference process') },
    ]);
    models.refresh();
    expect(await models.list()).toMatchObject({ models: [{ isDefault: true }], rejected: [] });
  });

  it.each<[string, (manifest: ModelManifest) => void, RegExp]>([
    [
      'a changed hash',
      (m) => (m.weights.sha256 = 'a'.repeat(64)),
      /model\.onnx was changed: its SHA-256 is [0-9a-f]{12}…, the manifest says aaaaaaaaaaaa…/,
    ],
    ['another size', (m) => (m.weights.bytes = 7), /model\.onnx has \d+ bytes, the manifest says 7/],
    ['another file', (m) => (m.weights.file = 'other.onnx'), /other\.onnx is missing/],
    ['another crop', (m) => (m.crop.size = 32), /reference\.f32 has 6144 bytes, the input needs 24576/],
    [
      'a factor too few',
      (m) => {
        m.factors.pop();
        m.reference.clinical.pop();
        m.reference.clinicalMask.pop();
        m.bias += m.reference.expected.clinicalContributions.pop() ?? 0;
      },
      /input "clinical" is \[N, 5\], the manifest needs \[\?, 4\]/,
    ],
    [
      'more members than the weights have',
      (m) => {
        if (m.interval) m.interval.members = 9;
      },
      /output "logit_members" is \[N, 5\], the manifest needs \[\?, 9\]/,
    ],
    [
      'a unit that is not ours',
      (m) => {
        if (m.factors[1]) m.factors[1].unit = 'IU/mL';
      },
      /factor "afp" is in IU\/mL, this version gives it in ng\/mL/,
    ],
    [
      'an unknown factor',
      (m) => {
        if (m.factors[1]) m.factors[1].id = 'moonPhase';
      },
      /factor "moonPhase" is not known to this version/,
    ],
    [
      'a coefficient that is not the one of the weights',
      (m) => {
        if (m.factors[0]) m.factors[0].coefficient += 0.01;
      },
      /the coefficient of factor "nlr" is not the one in the recorded answer/,
    ],
    [
      'a bias that is not the one of the weights',
      (m) => {
        m.bias += 0.01;
      },
      /the recorded answer does not add up/,
    ],
    [
      'a tolerance that lets an error pass',
      (m) => {
        m.reference.tolerance = 0.0101;
      },
      /model\.json, reference\.tolerance: /,
    ],
    [
      'a field that is missing',
      (m) => {
        Reflect.deleteProperty(m, 'bias');
      },
      /model\.json, bias: /,
    ],
  ])('refuses a package with %s, says which and why, and keeps the others', async (_, change, reason) => {
    await install('bad', change);
    const { models, rejected } = await library().list();
    expect(models.map(({ manifest }) => manifest.id)).toEqual(['test-tiny']);
    expect(rejected).toEqual([{ folder: 'bad', reason: expect.stringMatching(reason) }]);
  });

  it('refuses an id twice, a folder without manifest and one without card', async () => {
    await install('twice', (m) => (m.id = 'test-tiny'));
    await mkdir(join(installedFolder, 'empty'));
    await rm(join(await install('no-card', () => undefined), 'MODEL_CARD.md'));
    const { models, rejected } = await library().list();
    expect(models).toHaveLength(1);
    expect(Object.fromEntries(rejected.map(({ folder, reason }) => [folder, reason]))).toMatchObject({
      twice: expect.stringContaining('another package already has the id "test-tiny"'),
      empty: expect.stringContaining('it has no model.json'),
      'no-card': expect.stringContaining('it has no MODEL_CARD.md'),
    });
  });

  it('refuses weights that ONNX Runtime cannot read, though the hash fits', async () => {
    // A message of ONNX's format, as far as it goes: a producer's name and no graph.
    const garbage = Buffer.from('\x12\x07haicast');
    const folder = await install('garbage', (m) => {
      m.weights.bytes = garbage.length;
      m.weights.sha256 = createHash('sha256').update(garbage).digest('hex');
    });
    await writeFile(join(folder, 'model.onnx'), garbage);
    const { rejected } = await library().list();
    expect(rejected[0]?.reason).toContain('its weights do not load: Load model from');
  });

  it.each([
    // A tensor of a graph (fields 7 and 5) that lies in another file (field 14: 1).
    ['takes weights from another file', Buffer.from([0x3a, 4, 0x2a, 2, 0x70, 1]), /takes weights from other files/],
    [
      'is no ONNX file',
      Buffer.from('this is no network'),
      /cannot be read: the file is not a Protocol Buffers message/,
    ],
  ])('refuses a package whose model.onnx %s', async (_, bytes, reason) => {
    const folder = await install('odd', (m) => {
      m.weights.bytes = bytes.length;
      m.weights.sha256 = createHash('sha256').update(bytes).digest('hex');
    });
    await writeFile(join(folder, 'model.onnx'), bytes);
    const { rejected } = await library().list();
    expect(rejected[0]?.reason).toMatch(reason);
  });

  it('says so when there is no model at all', async () => {
    await rm(builtInFolder, { recursive: true });
    await expect(library().get()).rejects.toThrow(expect.objectContaining({ code: 'no-model' }));
  });

  it('proves the provider on the reference input', async () => {
    const report = await library().selfTest('test-tiny');
    expect(report).toMatchObject({ modelId: 'test-tiny', provider: 'cpu', setting: 'automatic', tolerance: 1e-4 });
    const [figure, ...others] = report.figures;
    expect(others).toEqual([]);
    expect(figure?.largestError).toBeLessThan(1e-5);
    expect(figure?.warmMs).toBeGreaterThan(0);
  });

  it('looks again after a refresh', async () => {
    const models = library();
    await models.list();
    await install('late', () => undefined);
    expect((await models.list()).models).toHaveLength(1);
    models.refresh();
    expect((await models.list()).models).toHaveLength(2);
  });
});
