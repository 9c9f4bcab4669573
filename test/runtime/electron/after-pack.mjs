/** electron-builder's hook for tests: the registry's runtime carries a default application, a released one carries none. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export default ({ appOutDir }) => rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
