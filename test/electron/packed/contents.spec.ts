/** What is in the package, against a kept list: a new package, a source map or a second model shows here first. */
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '../fixtures.ts';
import { keptContents } from './kept-contents.ts';
import { releasedFolder } from './packed-app.ts';

const MEGABYTE = 1_000_000;

interface PackedFile {
  /** Path inside the application's folder, with forward slashes. */
  path: string;
  bytes: number;
}

const filesOf = async (folder: string): Promise<PackedFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(folder, path).replaceAll('\\', '/'), bytes: (await stat(path)).size };
      }),
  );
};

const asarPaths = (): string[] =>
  listPackage(join(releasedFolder(), 'resources', 'app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/'),
  );

const packagesIn = (paths: string[]): string[] =>
  [
    ...new Set(
      paths.flatMap((path) => {
        const match = /^\/node_modules\/(@[^/]+\/[^/]+|[^@/][^/]*)\/./.exec(path);
        return match?.[1] ? [match[1]] : [];
      }),
    ),
  ].sort();

test('holds the kept list of packages and nothing else', () => {
  expect(packagesIn(asarPaths())).toEqual(keptContents.packages);
});

test('holds no source map, test, source, training code or development Node', () => {
  const unwanted = asarPaths().filter((path) =>
    /\.map$|\.tsx?$|\.vue$|\.py$|\/(test|tests|__tests__|training)\/|node-(linux|win)-x64|^\/(src|scripts|docs|test)\//.test(
      path,
    ),
  );
  expect(unwanted).toEqual([]);
});

test('holds only the target’s native libraries, as files that the loader can open', async () => {
  const native = (await filesOf(join(releasedFolder(), 'resources'))).filter(({ path }) =>
    /\.(node|so|dll|dylib)(\.\d+)*$/.test(path),
  );
  expect(native.map(({ path }) => path).sort()).toEqual(keptContents.native(process.platform, process.arch));
});

test('holds one copy of the default model, outside the archive', async () => {
  const models = (await filesOf(releasedFolder())).filter(({ path }) => path.endsWith('.onnx'));
  expect(models.map(({ path }) => path)).toEqual(keptContents.models);
  expect(asarPaths().filter((path) => path.endsWith('.onnx'))).toEqual([]);
});

test('is no larger than the list says, and tells its ten largest files', async () => {
  const all = await filesOf(releasedFolder());
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = all.sort((a, b) => b.bytes - a.bytes).slice(0, 10);
  test.info().annotations.push({
    type: 'size',
    description: [
      `unpacked ${(total / MEGABYTE).toFixed(1)} MB`,
      ...largest.map(({ path, bytes }) => `${(bytes / MEGABYTE).toFixed(1)} MB ${path}`),
    ].join('\n'),
  });
  expect(total / MEGABYTE).toBeLessThan(keptContents.mostMegabytes);
  const outsideRuntime = all
    .filter(({ path }) => path.startsWith('resources/'))
    .map(({ path }) => path.split('/').slice(0, 2).join('/'));
  expect([...new Set(outsideRuntime)].sort()).toEqual(keptContents.resources);
});
