import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { DiskAccess } from './connection.ts';
import { programFiles } from './program-files.ts';

/** Node compares names: a path through a link is one, and where the link leads another. */
const namesOf = (path: string): string[] => {
  try {
    return [...new Set([path, realpathSync(path)])];
  } catch {
    return [path];
  }
};

/**
 * In the permission model a star stands for whatever comes after it, and nothing makes it a plain letter: with `T2*` the
 * process could read `T2 of another`, too.
 */
const withoutStar = (path: string): string => {
  if (!path.includes('*')) return path;
  throw new AppError(
    'path-with-star',
    'The name of this folder or file has a * in it, which would let in its neighbours. Rename it, or choose the folder above it.',
  );
};

/** Of an option in NODE_OPTIONS, where a space ends it. */
const quoted = (option: string): string => `"${option.replace(/["\\]/g, '\\$&')}"`;

/**
 * Node's permission model for a worker: it reads the program and what `access` names, writes only what that names, and
 * starts no process and no thread. As NODE_OPTIONS, because a command line shows the path of a study, and with it often
 * a patient's name, to everybody on this computer; the environment of a process is its user's alone.
 *
 * Throws `path-with-star` for a path that the model cannot name.
 *
 * What it does not hold: the network, and native code, which `addons` lets in (ONNX Runtime has some).
 */
export const permissionOptions = (entry: string, { read, write = [] }: DiskAccess, addons: boolean): string =>
  [
    '--permission',
    ...(addons ? ['--allow-addons', '--disable-warning=PERM0001'] : []),
    ...[...[entry, ...programFiles].flatMap(namesOf), ...read.flatMap(namesOf).map(withoutStar)].map((path) =>
      quoted(`--allow-fs-read=${path}`),
    ),
    // A folder that is not there yet is taken for a file: the pattern stands for it and for what will be below it.
    ...write.map(withoutStar).flatMap((path) => {
      const below = join(path, '*');
      return [quoted(`--allow-fs-read=${below}`), quoted(`--allow-fs-write=${below}`)];
    }),
  ].join(' ');
