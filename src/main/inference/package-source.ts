/** Where a model package is installed from: a folder or a zip, the package itself or one folder above it. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { zipInput } from '../study/archive/zip.ts';
import { defaultZipLimits } from '../study/archive/zip-limits.ts';
import type { InputFile } from '../study/bytes/input.ts';
import { packageError } from './model-package.ts';

const MANIFEST = 'model.json';
/** A package is four files; what unpacks to more than any network is refused before it fills the disk. */
const zipLimits = { ...defaultZipLimits, entries: 1_000, totalBytes: 4 * 1024 ** 3 };

const holdsManifest = async (folder: string): Promise<boolean> =>
  (await stat(join(folder, MANIFEST)).catch(() => undefined))?.isFile() ?? false;

/** The folder that holds the package. Throws `AppError('model-refused')` where there is none, or more than one. */
const packageFolder = async (folder: string): Promise<string> => {
  if (await holdsManifest(folder)) return folder;
  const entries = await readdir(folder, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const found: string[] = [];
  for (const candidate of below) if (await holdsManifest(candidate)) found.push(candidate);
  const [only, ...others] = found;
  if (!only) throw packageError(['it has no model.json']);
  if (others.length > 0) throw packageError([`there are ${found.length} packages in it; choose one of them`]);
  return only;
};

const writeEntry = (entry: InputFile, folder: string): Promise<void> =>
  entry.open(async (source) => writeFile(join(folder, basename(entry.file)), await source.read(0, source.size)));

/** Unpacks the files beside the one `model.json` of an archive, and no folder within. */
const unpack = async (archive: string, folder: string): Promise<void> => {
  const input = await zipInput(archive, zipLimits);
  try {
    const manifests = input.files.filter(({ file }) => basename(file) === MANIFEST);
    const [manifest, ...others] = manifests;
    if (!manifest) throw packageError(['it has no model.json']);
    if (others.length > 0) throw packageError([`there are ${manifests.length} packages in it; choose one of them`]);
    for (const entry of input.files) {
      if (dirname(entry.file) === dirname(manifest.file)) await writeEntry(entry, folder);
    }
  } finally {
    await input.close();
  }
};

/**
 * Runs `use` on the folder of the package at `path`; what was unpacked for it is gone afterwards. Throws `AppError` with
 * `cannot-open`, `model-refused`, `bad-archive` or `unsafe-archive`.
 */
export const withPackageFolder = async <T>(path: string, use: (folder: string) => Promise<T>): Promise<T> => {
  const found = await stat(path).catch(() => undefined);
  if (!found) {
    throw new AppError(
      'cannot-open',
      'There is nothing at this place any more. Check that the disk or network drive is connected, and choose it again.',
    );
  }
  if (found.isDirectory()) return await use(await packageFolder(path));
  // A package is nobody's data, so the system's own place for what is soon gone will do.
  const unpacked = await mkdtemp(join(tmpdir(), 'haicast-model-'));
  try {
    await unpack(path, unpacked);
    return await use(unpacked);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
};
