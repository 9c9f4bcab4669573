/** Serves the bare page and the files of a study, in sorted lists by series. */
import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';
import { serve } from './serve.ts';
import { sortedLists } from './sorted-lists.ts';

const page = resolve(import.meta.dirname, '../../../out/bench-first-image');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Starts it for the six longest lists of a study. */
export const servePeer = async (study: string): Promise<{ url: string; panes: number; close(): void }> => {
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') });
  const lists = sortedLists(study).slice(0, 6);
  const files = lists.flat();
  const names = lists.map((list) => list.map((file) => `/file/${files.indexOf(file)}`));
  const server = await serve((request, response) => {
    const path = request.url ?? '/';
    const number = /^\/file\/(\d+)$/.exec(path)?.[1];
    const file = number === undefined ? join(page, path === '/' ? 'index.html' : path) : files[Number(number)];
    if (path === '/series.json') response.end(JSON.stringify(names));
    else if (file) {
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    } else response.writeHead(404).end();
  });
  return { ...server, panes: names.length };
};
