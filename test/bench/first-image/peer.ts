/** Serves the bare page and the files of a study, in sorted lists by series. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import dicomParser from 'dicom-parser';
import { build } from 'vite';

const page = resolve(import.meta.dirname, '../../../out/bench-first-image');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const cross = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): number[] => [
  b * f - c * e,
  c * d - a * f,
  a * e - b * d,
];

/** Places of a series along its normal, where two echoes of one series are two lists. */
const sortedLists = (study: string): string[][] => {
  const lists = new Map<string, { file: string; at: number }[]>();
  for (const entry of readdirSync(study, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const data = dicomParser.parseDicom(readFileSync(file), { untilTag: 'x7fe00010' });
    const numbers = (tag: string) => (data.string(tag) ?? '').split('\\').map(Number);
    const key = `${data.string('x0020000e')} ${data.string('x00180081')} ${data.string('x00080008')}`;
    const normal = cross(numbers('x00200037'));
    const at = numbers('x00200032').reduce((sum, value, axis) => sum + value * (normal[axis] ?? 0), 0);
    lists.set(key, [...(lists.get(key) ?? []), { file, at }]);
  }
  return [...lists.values()].map((list) => list.toSorted((a, b) => a.at - b.at).map(({ file }) => file));
};

/** Starts it for the six longest lists of a study. */
export const servePeer = async (study: string): Promise<{ url: string; panes: number; close(): void }> => {
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') });
  const lists = sortedLists(study).slice(0, 6);
  const files = lists.flat();
  const names = lists.map((list) => list.map((file) => `/file/${files.indexOf(file)}`));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const number = /^\/file\/(\d+)$/.exec(path)?.[1];
    const file = number === undefined ? join(page, path === '/' ? 'index.html' : path) : files[Number(number)];
    if (path === '/series.json') response.end(JSON.stringify(names));
    else if (file) {
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(readFileSync(file));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, panes: names.length, close: () => void server.close() };
};
