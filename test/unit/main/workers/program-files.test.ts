import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import config from '../../../../electron.vite.config.ts';
import { bundledEntries, sourceEntries } from '../../../../src/main/workers/entries.ts';
import { programFiles, projectFolder, workerEntries } from '../../../../src/main/workers/program-files.ts';
import { repositoryRoot } from '../inference/support.ts';

it('what runs from its sources starts workers from their sources', () => {
  expect(projectFolder).toBe(repositoryRoot);
  for (const entry of Object.values(workerEntries())) expect(existsSync(entry), entry).toBe(true);
  expect(workerEntries().dicom).toBe(join(repositoryRoot, sourceEntries.dicom));
});

it('a bundle has every worker, made of the same source', () => {
  const inputs = 'main' in config ? config.main?.build?.rollupOptions?.input : undefined;
  const bundled = Object.entries(bundledEntries).map(([kind, file]) => [file.replace(/\.js$/, ''), kind]);
  for (const [name = '', kind = ''] of bundled)
    expect(inputs).toHaveProperty(name, join(repositoryRoot, sourceEntries[kind as keyof typeof sourceEntries]));
});

it('a worker may read the program and nothing else of the project', () => {
  expect(programFiles.map((path) => path.slice(projectFolder.length + 1))).toEqual([
    'src',
    'node_modules',
    'package.json',
    join('out', 'main'),
  ]);
});
