/**
 * Where the application is packed for the tests: outside of the checkout, with no `node_modules` in any folder above.
 * Within it, whatever was not packed would be found among the checkout's own packages, and no test would notice.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from '../../../scripts/install.mjs';
import { unpackedFolder } from '../../../scripts/package-application.mjs';
import { cacheRoot } from '../machine/cache-folder.ts';

/** Of each checkout its own. */
export const packedFolder = (env: NodeJS.ProcessEnv = process.env, checkout: string = root): string =>
  join(resolve(cacheRoot(env)), 'packed', createHash('sha256').update(checkout).digest('hex').slice(0, 12));

/** As it is released. */
export const releasedFolder = (): string => unpackedFolder(packedFolder());

/** As it can be driven: see pack.ts. */
export const twinFolder = (): string => join(packedFolder(), 'twin');

/** The nearest folder of packages that a program in `folder` would look into beside its own. */
export const packagesAbove = (folder: string, isThere: (path: string) => boolean = existsSync): string | undefined => {
  const above = dirname(folder);
  if (above === folder) return undefined;
  const packages = join(above, 'node_modules');
  return isThere(packages) ? packages : packagesAbove(above, isThere);
};
