/** Where this program lies when plain Node runs it: as its sources, or as the bundle that a build makes of them. */
import { findPackageJSON } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { WorkerKind } from './connection.ts';
import { bundledEntries, sourceEntries } from './entries.ts';

const folderOfProject = (): string => {
  const manifest = findPackageJSON('.', import.meta.url);
  if (!manifest) throw new AppError('internal', 'The folder of the program has no package.json.');
  return dirname(manifest);
};

/** The folder with the `package.json` of this program. */
export const projectFolder = folderOfProject();

const bundleFolder = join(projectFolder, 'out', 'main');

const absolute = (folder: string, entries: Readonly<Record<WorkerKind, string>>): Record<WorkerKind, string> => ({
  dicom: join(folder, entries.dicom),
  inference: join(folder, entries.inference),
  report: join(folder, entries.report),
  pacs: join(folder, entries.pacs),
});

/**
 * Absolute paths of what the workers run. A bundle starts bundled workers and sources start sources: no process works
 * with a neighbour of another age.
 */
export const workerEntries = (): Record<WorkerKind, string> =>
  import.meta.dirname.startsWith(bundleFolder + sep) || import.meta.dirname === bundleFolder
    ? absolute(bundleFolder, bundledEntries)
    : absolute(projectFolder, sourceEntries);

/** What a worker must be able to read to run at all. */
export const programFiles: readonly string[] = [
  ...['src', 'node_modules', 'package.json'].map((name) => join(projectFolder, name)),
  bundleFolder,
];
