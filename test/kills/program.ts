/** A program as one file: a process that is started thousands of times must not read a hundred modules each time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

const bundled = async (entry: string): Promise<{ program: string; remove: () => void }> => {
  // Within the repository, where Node finds the packages that stay outside of it.
  const folder = mkdtempSync(join(root, 'node_modules', '.kills-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
    ssr: { noExternal: ['zod'] },
  });
  return { program: join(folder, 'program.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export interface Programs {
  workload: string;
  migrating: string;
  remove: () => void;
}

export const bundledPrograms = async (): Promise<Programs> => {
  const workload = await bundled(join(import.meta.dirname, 'workload.ts'));
  const migrating = await bundled(join(import.meta.dirname, 'migrating.ts'));
  return {
    workload: workload.program,
    migrating: migrating.program,
    remove: () => {
      workload.remove();
      migrating.remove();
    },
  };
};
