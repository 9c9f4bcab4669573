/** electron-builder's hook: takes out what came with the runtime and is no part of the application. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export default async ({ appOutDir, electronPlatformName }) => {
  if (electronPlatformName === 'darwin') return;
  // The registry's test runtime carries a default application as a folder; a released one carries none.
  await rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
};
