import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const root = resolve(here, '../../../..');
const realClient = resolve(root, 'src/renderer/client/index.ts');

/** The viewer as the application builds it, but talking to the phantom instead of a host. */
export default defineConfig({
  root: here,
  plugins: [
    {
      name: 'phantom-client',
      enforce: 'pre',
      async resolveId(source, importer) {
        if (!source.endsWith('client/index.ts')) return null;
        const found = await this.resolve(source, importer, { skipSelf: true });
        return found?.id === realClient ? resolve(here, 'client.ts') : null;
      },
    },
    vue(),
  ],
  worker: { format: 'es' },
  resolve: {
    alias: {
      events: resolve(root, 'node_modules/events/events.js'),
      url: resolve(root, 'src/renderer/viewer/cornerstone/empty-module.ts'),
      '#shared': resolve(root, 'src/shared'),
    },
  },
  build: { target: 'chrome130', minify: false, outDir: resolve(root, 'out/viewer-harness'), emptyOutDir: true },
  logLevel: 'warn',
});
