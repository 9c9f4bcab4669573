import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installModel, removeModel } from '../../../../src/main/inference/install-model.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { fixtureModels, realWorker } from './support.ts';

let worker: ReturnType<typeof realWorker>;
beforeAll(() => {
  worker = realWorker();
});
afterAll(() => worker.client.close());

let folder: string;
let installedFolder: string;
let source: string;
let library: ModelLibrary;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'install-'));
  installedFolder = join(folder, 'data', 'models');
  source = join(folder, 'from-usb');
  const builtInFolder = join(folder, 'built-in');
  await cp(join(fixtureModels, 'tiny'), source, { recursive: true });
  await cp(join(fixtureModels, 'six-channel'), join(builtInFolder, 'six'), { recursive: true });
  library = new ModelLibrary({ builtInFolder, installedFolder, worker: worker.client, providers: ['cpu'] });
});
afterEach(() => rm(folder, { recursive: true }));

const listed = async () => (await library.list()).models.map(({ manifest, origin }) => `${origin} ${manifest.id}`);

describe('installModel', () => {
  it('makes a package available at once, with its own files only', async () => {
    await writeFile(join(source, 'notes about patients.txt'), 'private');
    await installModel(source, installedFolder, library);
    expect(await listed()).toEqual(['built-in test-six-channel', 'installed test-tiny']);
    expect((await readdir(join(installedFolder, 'test-tiny'))).sort()).toEqual([
      'MODEL_CARD.md',
      'model.json',
      'model.onnx',
      'reference.f32',
    ]);
  });

  it('leaves nothing behind when the package does not fit', async () => {
    await rm(join(source, 'MODEL_CARD.md'));
    await expect(installModel(source, installedFolder, library)).rejects.toThrow('MODEL_CARD.md is missing');
    expect(await readdir(installedFolder)).toEqual([]);
    await appendFile(join(source, 'model.onnx'), 'x');
    await expect(installModel(source, installedFolder, library)).rejects.toThrow(
      expect.objectContaining({ code: 'model-refused' }),
    );
    expect(await listed()).toEqual(['built-in test-six-channel']);
  });

  it('does not replace a model silently', async () => {
    await installModel(source, installedFolder, library);
    await expect(installModel(source, installedFolder, library)).rejects.toThrow(
      expect.objectContaining({ code: 'model-exists' }),
    );
  });
});

describe('removeModel', () => {
  it('removes what was installed and nothing else', async () => {
    await installModel(source, installedFolder, library);
    await removeModel('test-tiny', library);
    expect(await listed()).toEqual(['built-in test-six-channel']);
    await expect(removeModel('test-six-channel', library)).rejects.toThrow(
      expect.objectContaining({ code: 'model-built-in' }),
    );
    await expect(removeModel('test-tiny', library)).rejects.toThrow(expect.objectContaining({ code: 'model-unknown' }));
  });
});
