/** A program as one file: a process that is started thousands of times must not read a hundred modules each time. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '../..');

const STRETCHING = '/src/main/cases/keys/stretch.ts';
const COST = 'COST = { N: 2 ** 17, r: 8, p: 1 }';

/** What is stretched here protects nobody, and would take longer than everything else: the smallest cost that is accepted. */
const stretchedLess: Plugin = {
  name: 'stretched-less',
  enforce: 'pre',
  transform: (code, id) => {
    if (!id.endsWith(STRETCHING)) return undefined;
    if (!code.includes(COST)) throw new Error('the cost of a passphrase is written down otherwise by now');
    return code.replace(COST, 'COST = { N: 2 ** 14, r: 1, p: 1 }');
  },
};

export interface Program {
  file: string;
  /** With what Node has compiled of it: a process that is killed leaves nothing of that behind. */
  environment: NodeJS.ProcessEnv;
  remove: () => void;
}

export const writerProgram = async (): Promise<Program> => {
  // Within the repository, where Node finds the packages that stay outside of it.
  const folder = mkdtempSync(join(root, 'node_modules', '.kills-'));
  await build({
    root,
    configFile: false,
    plugins: [stretchedLess],
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'writer.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
    ssr: { noExternal: ['zod'] },
  });
  const file = join(folder, 'program.mjs');
  const environment = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  // One that is told nothing ends by itself, and leaves it.
  spawnSync(process.execPath, [file], { input: '', env: environment });
  return { file, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
