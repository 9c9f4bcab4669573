import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { ModelManifest } from '#shared/model/manifest.ts';
import type { ModelLibrary } from './model-library.ts';
import { packageError, readModelPackage } from './model-package.ts';
import { withPackageFolder } from './package-source.ts';

/** The files of a package; whatever else lies in its folder is not installed. */
const packageFiles = ({ weights, reference }: ModelManifest): string[] => [
  'model.json',
  'MODEL_CARD.md',
  weights.file,
  basename(reference.image),
];

/**
 * Copies a package (its folder, a folder or zip that holds it) into the data folder after checking it as it will be checked at every start, its self-test included.
 * All or nothing: until it is whole its folder has a name that the library overlooks. Throws `AppError` with
 * `model-refused`, `model-exists` or `no-provider`.
 */
export const installModel = (path: string, library: ModelLibrary): Promise<ModelManifest> =>
  withPackageFolder(path, (folder) => installFolder(folder, library));

const installFolder = async (source: string, library: ModelLibrary): Promise<ModelManifest> => {
  const { installedFolder } = library;
  const { manifest } = await readModelPackage(source);
  const { models } = await library.list();
  if (models.some((one) => one.manifest.id === manifest.id)) {
    throw new AppError(
      'model-exists',
      `A model with the id "${manifest.id}" is installed already. Remove it first, or give the new one another id.`,
      { params: { id: manifest.id } },
    );
  }
  const incoming = join(installedFolder, `.incoming-${randomUUID()}`);
  await mkdir(incoming, { recursive: true });
  try {
    for (const file of packageFiles(manifest)) {
      await copyFile(join(source, file), join(incoming, file)).catch(() => {
        throw packageError([`${file} is missing`]);
      });
    }
    const copied = await readModelPackage(incoming);
    library.assertAllowed(copied);
    await library.runner.assertFits(copied);
    await library.runner.choose(copied);
    await rename(incoming, join(installedFolder, manifest.id));
  } catch (error) {
    await rm(incoming, { recursive: true, force: true });
    throw error;
  }
  library.refresh();
  return manifest;
};

/** Removes an installed package. Predictions made with it stay as they are. Throws `model-unknown` or `model-built-in`. */
export const removeModel = async (id: string, library: ModelLibrary): Promise<void> => {
  const { folder } = await library.get(id);
  const { models } = await library.list();
  if (models.find(({ manifest }) => manifest.id === id)?.origin !== 'installed') {
    throw new AppError('model-built-in', 'This model comes with the application and cannot be removed.', {
      params: { id },
    });
  }
  await rm(folder, { recursive: true });
  library.refresh();
};
