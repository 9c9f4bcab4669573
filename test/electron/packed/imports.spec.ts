/**
 * Whatever the packed main process, its workers and the packages beside them import has to be in the package: a bundler
 * follows every import and `require` of what was packed, and nothing else is within its reach.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { build } from 'vite';
import { expect, test } from '../fixtures.ts';
import { releasedFolder } from './packed-app.ts';

const provided = new Set([
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
  'electron',
  'original-fs',
]);

/** Imports that nothing in `folder` answers, as `specifier from file`. */
const missingImports = async (folder: string): Promise<string[]> => {
  const missing: string[] = [];
  const main = join(folder, 'out/main');
  const entries = (await readdir(main)).filter((name) => name.endsWith('.js')).map((name) => join(main, name));
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    ssr: { noExternal: true, target: 'node' },
    plugins: [
      {
        name: 'packed-imports',
        enforce: 'pre',
        async resolveId(specifier, importer, options) {
          if (options.isEntry || specifier.startsWith('\0')) return null;
          if (provided.has(specifier) || specifier.endsWith('.node')) return { id: specifier, external: true };
          const found = await this.resolve(specifier, importer, { ...options, skipSelf: true });
          if (found) return found;
          missing.push(`${specifier} from ${importer?.slice(folder.length)}`);
          return { id: specifier, external: true };
        },
      },
    ],
    build: { ssr: true, write: false, minify: false, rollupOptions: { input: entries } },
  });
  return missing.sort();
};

test('nothing that is packed imports what is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'haicast-packed-'));
  try {
    extractAll(join(releasedFolder(), 'resources', 'app.asar'), folder);
    expect(await missingImports(folder)).toEqual([]);
    // The same look tells a package that was left out.
    await rm(join(folder, 'node_modules', 'iconv-lite'), { recursive: true });
    expect((await missingImports(folder)).join()).toContain('iconv-lite from /out/main/');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
