import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './scripts/bundled-packages.mjs';

const here = import.meta.dirname;

/** Plain JavaScript that every process needs at its start: as one file with it, and not as hundreds, it is there at once. */
const inlined = ['zod', 'tar', 'yauzl', 'pngjs', 'p-limit'];

export default defineConfig({
  main: {
    plugins: [bundledPackages('main')],
    build: {
      target: 'node20.18',
      externalizeDeps: { exclude: inlined },
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: resolve(here, 'src/main/index.ts'),
          // The host of `npm start` in the browser: bundled, it and its workers are up in a fifth of the time.
          loopback: resolve(here, 'src/main/hosts/loopback/main.ts'),
          'dicom-worker': resolve(here, 'src/main/study/worker.ts'),
          'inference-worker': resolve(here, 'src/main/inference/worker.ts'),
          'report-worker': resolve(here, 'src/main/reports/worker.ts'),
          'pacs-worker': resolve(here, 'src/main/pacs/worker.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [bundledPackages('preload')],
    build: {
      target: 'node20.18',
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue(), bundledPackages('page')],
    worker: { format: 'es', plugins: () => [bundledPackages('page-worker')] },
    resolve: {
      alias: {
        events: resolve(here, 'node_modules/events/events.js'),
        url: resolve(here, 'src/renderer/viewer/cornerstone/empty-module.ts'),
      },
    },
    build: {
      target: 'chrome130',
      outDir: resolve(here, 'out/renderer'),
      minify: true,
      rollupOptions: {
        input: { index: resolve(here, 'src/renderer/index.html') },
        output: {
          // Schemas may stand in a piece that runs before the entry does: what keeps them from `eval` runs with their library.
          codeSplitting: { groups: [{ name: 'schemas', test: /node_modules[\\/]zod[\\/]|[\\/]no-eval\.ts$/ }] },
        },
      },
    },
  },
});
