/** Serves a page of six NiiVue canvases, one series each, as NIfTI files that are made beforehand. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { niftiOf } from './nifti.ts';
import { serve } from './serve.ts';
import { sortedLists } from './sorted-lists.ts';

/** Of the benchmark alone: it is fetched for it and is no dependency of the project. */
const NIIVUE = '@niivue/niivue@0.69.0';

const program = (): Buffer => {
  const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-'));
  try {
    const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, NIIVUE], { encoding: 'utf8' });
    execFileSync('tar', ['-xzf', join(folder, name.trim()), '-C', folder, 'package/dist/niivue.umd.js']);
    return readFileSync(join(folder, 'package/dist/niivue.umd.js'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Tells of its first drawing as the pages that draw with Cornerstone do, so that one watcher serves all. */
const html = (panes: number): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>niivue</title>
    <link rel="icon" href="data:," />
    <style>
      body { background: #000; margin: 0; }
      #panes { display: grid; gap: 2px; grid-template-columns: repeat(3, 300px); grid-auto-rows: 349px; }
      #panes div { position: relative; }
    </style>
  </head>
  <body>
    <button id="open" type="button">open</button>
    <div id="panes"></div>
    <script src="/niivue.js"></script>
    <script type="module">
      const { Niivue } = niivue;
      const show = async (index) => {
        const place = document.getElementById('panes').appendChild(document.createElement('div'));
        const canvas = place.appendChild(document.createElement('canvas'));
        const viewer = new Niivue({ sliceType: 0, isColorbar: false });
        await viewer.attachToCanvas(canvas);
        await viewer.loadVolumes([{ url: '/series/' + index + '.nii' }]);
        canvas.dispatchEvent(new CustomEvent('CORNERSTONE_IMAGE_RENDERED', { bubbles: true }));
      };
      document.getElementById('open').addEventListener('click', async () => {
        await Promise.all(Array.from({ length: ${panes} }, (_, index) => show(index)));
        globalThis.allLoaded = true;
      });
    </script>
  </body>
</html>`;

export const serveNiivue = async (study: string): Promise<{ url: string; close(): void }> => {
  const script = program();
  const series = sortedLists(study).slice(0, 6).map(niftiOf);
  return serve((request, response) => {
    const path = request.url ?? '/';
    const volume = series[Number(/^\/series\/(\d+)\.nii$/.exec(path)?.[1])];
    if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(html(series.length));
    else if (path === '/niivue.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (volume) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(volume);
    else response.writeHead(404).end();
  });
};
