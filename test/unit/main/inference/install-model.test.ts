import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installModel, removeModel } from '../../../../src/main/inference/install-model.ts';
import { ModelLibrary } from '../../../../src/main/inference/model-library.ts';
import { zipArchive } from '../../../fixtures/dicom/write-zip.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
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
  folder = temporaryFolder();
  installedFolder = join(folder, 'data', 'models');
  source = join(folder, 'from-usb');
  const builtInFolder = join(folder, 'built-in');
  await cp(join(fixtureModels, 'tiny'), source, { recursive: true });
  await cp(join(fixtureModels, 'six-channel'), join(builtInFolder, 'six'), { recursive: true });
  library = new ModelLibrary({ builtInFolder, installedFolder, worker: worker.client, providers: ['cpu'] });
});

const listed = async () => (await library.list()).models.map(({ manifest, origin }) => `${origin} ${manifest.id}`);

describe('installModel', () => {
  it('makes a package available at once, with its own files only', async () => {
    await writeFile(join(source, 'notes about patients.txt'), 'private');
    await installModel(source, library);
    expect(await listed()).toEqual(['built-in test-six-channel', 'installed test-tiny']);
    expect((await readdir(join(installedFolder, 'test-tiny'))).sort()).toEqual([
      'MODEL_CARD.md',
      'model.json',
      'model.onnx',
      'reference.f32',
    ]);
  });

  it('finds it in a zip and one folder further down, and unpacks nothing that is not beside it', async () => {
    const files = await readdir(join(fixtureModels, 'tiny'));
    const entries = await Promise.all(
      files.map(async (name) => ({
        name: `delivery/${name}`,
        bytes: await readFile(join(fixtureModels, 'tiny', name)),
      })),
    );
    const zip = join(folder, 'tiny.zip');
    await writeFile(zip, zipArchive([...entries, { name: 'delivery/more/../../up.txt', bytes: Buffer.from('up') }]));
    await installModel(zip, library);
    expect(await listed()).toEqual(['built-in test-six-channel', 'installed test-tiny']);
    await removeModel('test-tiny', library);

    const above = join(folder, 'above');
    await cp(source, join(above, 'tiny'), { recursive: true });
    await installModel(above, library);
    expect(await listed()).toEqual(['built-in test-six-channel', 'installed test-tiny']);
  });

  it('says so where there is no package, or more than one', async () => {
    await expect(installModel(join(folder, 'nowhere'), library)).rejects.toMatchObject({ code: 'cannot-open' });
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await expect(installModel(empty, library)).rejects.toThrow('it has no model.json');
    await cp(source, join(empty, 'one'), { recursive: true });
    await cp(source, join(empty, 'two'), { recursive: true });
    await expect(installModel(empty, library)).rejects.toThrow('there are 2 packages in it');
    const zip = join(folder, 'study.zip');
    await writeFile(zip, zipArchive([{ name: 'IM1', bytes: Buffer.from('no model') }]));
    await expect(installModel(zip, library)).rejects.toThrow('it has no model.json');
  });

  it('leaves nothing behind when the package does not fit', async () => {
    await rm(join(source, 'MODEL_CARD.md'));
    await expect(installModel(source, library)).rejects.toThrow('MODEL_CARD.md is missing');
    expect(await readdir(installedFolder)).toEqual([]);
    await appendFile(join(source, 'model.onnx'), 'x');
    await expect(installModel(source, library)).rejects.toThrow(expect.objectContaining({ code: 'model-refused' }));
    expect(await listed()).toEqual(['built-in test-six-channel']);
  });

  it('does not replace a model silently', async () => {
    await installModel(source, library);
    await expect(installModel(source, library)).rejects.toThrow(expect.objectContaining({ code: 'model-exists' }));
  });
});

describe('removeModel', () => {
  it('removes what was installed and nothing else', async () => {
    await installModel(source, library);
    await removeModel('test-tiny', library);
    expect(await listed()).toEqual(['built-in test-six-channel']);
    await expect(removeModel('test-six-channel', library)).rejects.toThrow(
      expect.objectContaining({ code: 'model-built-in' }),
    );
    await expect(removeModel('test-tiny', library)).rejects.toThrow(expect.objectContaining({ code: 'model-unknown' }));
  });
});
