import { isAbsolute, relative, resolve } from 'node:path';

/** Is `path` this folder, or below it? By their names: links are not followed. */
export const isWithin = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
};
