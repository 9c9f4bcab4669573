import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: resolve(here, 'src/main/index.ts'),
          'dicom-worker': resolve(here, 'src/main/study/worker.ts'),
          'inference-worker': resolve(here, 'src/main/inference/worker.ts'),
        },
      },
    },
  },
  preload: {
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
    plugins: [vue()],
    worker: { format: 'es' },
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
      rollupOptions: { input: { index: resolve(here, 'src/renderer/index.html') } },
    },
  },
});
