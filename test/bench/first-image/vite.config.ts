import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const root = resolve(here, '../../..');

/** The bare page, bundled and minified as the application's is. */
export default defineConfig({
  root: here,
  resolve: {
    alias: {
      events: resolve(root, 'node_modules/events/events.js'),
      url: resolve(root, 'src/renderer/viewer/cornerstone/empty-module.ts'),
    },
  },
  worker: { format: 'es' },
  build: { target: 'chrome130', outDir: resolve(root, 'out/bench-first-image'), emptyOutDir: true },
  logLevel: 'warn',
});
