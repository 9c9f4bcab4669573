/** electron-builder's hook for tests: the registry's runtime carries a default application, a released one carries none. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeContents from '../../../scripts/package-after-pack.mjs';

export default async (context) => {
  await rm(join(context.appOutDir, 'resources', 'app'), { recursive: true, force: true });
  await writeContents(context);
};
